using System.Globalization;
using System.Text;

namespace ChatLock.Protocol.Text;

/// <summary>Turns foreign characters one by one into lines that are safe to show, until the bound is reached; what
/// is beyond is counted.</summary>
internal sealed class ForeignWriter(int maxCharacters, bool cutLines)
{
    private const int MaxMarks = 4;
    private const int MaxStandInsInARow = 4;
    private const string Tab = "    ";
    private const string DottedCircle = "\u25CC";

    private static readonly Rune Nothing = new('\0');

    private readonly List<string> _lines = [];
    private readonly StringBuilder _line = new();
    private Rune _before = Nothing; // Nothing: no character that a mark or joiner could attach to
    private int _written;
    private int _marks;
    private int _standIns;
    private int _unwritten;

    public List<string> Write(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var rune = RuneAt(text, at, out var length);
            at += length;
            if (_unwritten > 0)
                _unwritten++;
            else if (cutLines && rune.Value == '\r' && at < text.Length && text[at] == '\n')
                continue;
            else if (cutLines && rune.Value == '\n')
                EndLine();
            else
                Write(rune, at < text.Length ? RuneAt(text, at, out _) : null);
        }
        EndStandIns();
        if (_unwritten > 0)
            _line.Append(CultureInfo.InvariantCulture, $"\u2026(+{_unwritten})");
        _lines.Add(_line.ToString());
        return _lines;
    }

    private void Write(Rune rune, Rune? after)
    {
        if (rune.Value == '\t')
            Show(rune, Tab);
        else if (ForeignCharacters.Joins(rune, _before, after) || ForeignCharacters.Varies(rune, _before))
            Attach(rune);
        else if (!ForeignCharacters.IsPlain(rune))
            StandIn(rune);
        else if (ForeignCharacters.IsMark(rune))
            Mark(rune);
        else
            Show(rune, rune.ToString());
    }

    private void Mark(Rune mark)
    {
        if (_before == Nothing)
            Show(mark, DottedCircle + mark);
        else if (_marks < MaxMarks)
            Attach(mark);
        else
            StandIn(mark);
        _marks++;
    }

    private void Show(Rune rune, string text)
    {
        EndStandIns();
        Append(text);
        _before = rune;
        _marks = 0;
    }

    private void Attach(Rune rune)
    {
        EndStandIns();
        Append(rune.ToString());
        _before = rune;
    }

    private void StandIn(Rune rune)
    {
        if (_standIns++ < MaxStandInsInARow)
            Append(Picture(rune.Value));
        if (!ForeignCharacters.IsMark(rune))
            _before = Nothing;
    }

    private static string Picture(int codePoint) => codePoint switch
    {
        < 0x20 => ((char)(0x2400 + codePoint)).ToString(),
        0x7F => "\u2421",
        _ => $"\\u{{{codePoint:X}}}",
    };

    private void EndStandIns()
    {
        var untold = _standIns - MaxStandInsInARow;
        if (untold > 0)
            Append(string.Create(CultureInfo.InvariantCulture, $"(+{untold})"), untold);
        _standIns = 0;
    }

    private void EndLine()
    {
        EndStandIns();
        if (!Fits(length: 1, standsFor: 1))
            return;
        _lines.Add(_line.ToString());
        _line.Clear();
        _before = Nothing;
        _marks = 0;
    }

    private void Append(string text, int standsFor = 1)
    {
        if (Fits(text.Length, standsFor))
            _line.Append(text);
    }

    private bool Fits(int length, int standsFor)
    {
        if (_unwritten > 0 || _written + length > maxCharacters)
        {
            _unwritten += standsFor;
            return false;
        }
        _written += length;
        return true;
    }

    private static Rune RuneAt(string text, int at, out int length)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length); // a lone surrogate is U+FFFD
        return rune;
    }
}
