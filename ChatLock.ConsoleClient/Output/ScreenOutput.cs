using System.Text;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Lines above a row in which something is being typed.</summary>
internal sealed class ScreenOutput(ConsoleIo io, LineLevel least) : ILineOutput
{
    private const string ClearRow = "\r\e[J";
    private const string PasteOn = "\e[?2004h";
    private const string PasteOff = "\e[?2004l";
    private InputRow _row = new("", 0);

    public void Begin() => Send(io.Out, PasteOn);

    public void End() => Send(io.Out, ClearRow + PasteOff);

    public void Write(OutputLine line)
    {
        if (!line.IsData && line.Level < least)
            return;
        if (!line.IsData && !io.ErrorIsTerminal)
        {
            Send(io.Error, line.Text + "\n");
            return;
        }
        Send(io.Out, $"{ClearRow}{line.Text}\r\n{Drawn()}");
    }

    /// <summary>Shows the row as it is now.</summary>
    public void Show(InputRow row)
    {
        _row = row;
        Send(io.Out, ClearRow + Drawn());
    }

    /// <summary>Ctrl-L.</summary>
    public void Clear() => Send(io.Out, "\e[H\e[2J" + Drawn());

    private string Drawn() => _row.CursorColumn == 0 ? $"{_row.Text}\r" : $"{_row.Text}\r\e[{_row.CursorColumn}C";

    private static void Send(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
    }
}
