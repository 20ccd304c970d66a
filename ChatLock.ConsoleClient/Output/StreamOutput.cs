using System.Text;
using ChatLock.ConsoleClient.Terminal;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Lines straight to the streams, each flushed: a reader at the other end of a pipe gets it at once.</summary>
internal sealed class StreamOutput(ConsoleIo io, LineLevel least) : ILineOutput
{
    private readonly Lock _gate = new();

    public void Write(OutputLine line)
    {
        if (line.IsData || line.Level >= least)
            Write(line.IsData ? io.Out : io.Error, line.Text + "\n");
    }

    /// <summary>A prompt: no line feed, so that the answer follows it.</summary>
    public void Prompt(string text) => Write(io.Error, text);

    private void Write(Stream stream, string text)
    {
        lock (_gate)
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush();
        }
    }
}
