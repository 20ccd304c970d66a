using System.Text;

namespace ChatLock.ConsoleClient.Terminal;

/// <summary>Bytes from a terminal in raw mode → keys. Unknown sequences mean nothing; none leaks into the text.</summary>
/// <remarks>Not a value: it keeps what was cut off. Bounds: <see cref="PasteMaxBytes"/>, <see cref="SequenceMaxBytes"/>.</remarks>
internal sealed class KeyDecoder
{
    /// <summary>Longest paste, in bytes; the rest is dropped.</summary>
    public const int PasteMaxBytes = 64 * 1024;

    /// <summary>Longest escape sequence; a longer one is no key.</summary>
    public const int SequenceMaxBytes = 32;

    private const byte Escape = 0x1B;
    private static readonly byte[] PasteEnd = "\e[201~"u8.ToArray();
    private readonly List<byte> _pending = [];
    private bool _isPasting;

    /// <summary>The keys that are complete with these bytes.</summary>
    public IReadOnlyList<Key> Feed(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        var keys = new List<Key>();
        while (_pending.Count > 0 && (_isPasting ? TryPaste(keys) : TryKey(keys)))
        {
        }
        return keys;
    }

    private bool TryPaste(List<Key> keys)
    {
        var end = IndexOf(PasteEnd);
        if (end < 0)
        {
            // The end may be cut: keep as much as could be its beginning.
            if (_pending.Count > PasteMaxBytes + PasteEnd.Length)
                _pending.RemoveRange(PasteMaxBytes, _pending.Count - PasteMaxBytes - PasteEnd.Length);
            return false;
        }
        var text = Encoding.UTF8.GetString([.. _pending.Take(Math.Min(end, PasteMaxBytes))]);
        Drop(end + PasteEnd.Length);
        _isPasting = false;
        keys.Add(new Key(KeyKind.Paste, Clean(text)));
        return true;
    }

    private bool TryKey(List<Key> keys)
    {
        var first = _pending[0];
        if (first == Escape)
            return TrySequence(keys);
        if (first is < 0x20 or 0x7F)
        {
            Drop(1);
            if (Control(first) is { } kind)
                keys.Add(new Key(kind));
            return true;
        }
        return TryText(keys);
    }

    private static KeyKind? Control(byte control) => control switch
    {
        0x01 => KeyKind.Home,
        0x02 => KeyKind.Left,
        0x03 => KeyKind.Interrupt,
        0x04 => KeyKind.EndOfInput,
        0x05 => KeyKind.End,
        0x06 => KeyKind.Right,
        0x08 or 0x7F => KeyKind.Backspace,
        0x09 => KeyKind.Complete,
        0x0A or 0x0D => KeyKind.Enter,
        0x0B => KeyKind.KillToEnd,
        0x0C => KeyKind.ClearScreen,
        0x0E => KeyKind.Down,
        0x10 => KeyKind.Up,
        0x15 => KeyKind.KillToStart,
        0x17 => KeyKind.KillWord,
        0x19 => KeyKind.Yank,
        _ => null,
    };

    private bool TryText(List<Key> keys)
    {
        var length = _pending.FindIndex(b => b is < 0x20 or 0x7F);
        var run = (length < 0 ? _pending : _pending.Take(length)).ToArray();
        var whole = length < 0 ? run.Length - CutBytes(run) : run.Length;
        if (whole == 0)
            return false;
        keys.Add(new Key(KeyKind.Text, Clean(Encoding.UTF8.GetString(run, 0, whole))));
        Drop(whole);
        return true;
    }

    /// <summary>Bytes at the end that begin a character whose rest hasn't come yet.</summary>
    private static int CutBytes(byte[] run)
    {
        for (var back = 1; back <= Math.Min(3, run.Length); back++)
        {
            var b = run[^back];
            if ((b & 0xC0) == 0x80)
                continue;
            var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return needed > back ? back : 0;
        }
        return 0;
    }

    private bool TrySequence(List<Key> keys)
    {
        if (_pending.Count < 2)
            return false;
        if (_pending[1] is not ((byte)'[' or (byte)'O'))
        {
            if (_pending[1] is >= (byte)'1' and <= (byte)'9' and var digit)
                keys.Add(new Key(KeyKind.Room, ((char)digit).ToString()));
            else if (Alt(_pending[1]) is { } alt)
                keys.Add(new Key(alt));
            Drop(2);
            return true;
        }
        var end = _pending.FindIndex(2, b => b is >= 0x40 and <= 0x7E);
        if (end < 0)
        {
            if (_pending.Count > SequenceMaxBytes)
                Drop(_pending.Count);
            return false;
        }
        var sequence = Encoding.ASCII.GetString([.. _pending.Skip(1).Take(end)]);
        Drop(end + 1);
        if (sequence == "[200~")
            _isPasting = true;
        else if (Meaning(sequence) is { } kind)
            keys.Add(new Key(kind));
        return true;
    }

    private static KeyKind? Alt(byte key) => key switch
    {
        (byte)'b' => KeyKind.WordLeft,
        (byte)'f' => KeyKind.WordRight,
        0x7F => KeyKind.KillWord,
        _ => null,
    };

    private static KeyKind? Meaning(string sequence) => sequence switch
    {
        "[A" or "OA" => KeyKind.Up,
        "[B" or "OB" => KeyKind.Down,
        "[C" or "OC" => KeyKind.Right,
        "[D" or "OD" => KeyKind.Left,
        "[H" or "OH" or "[1~" or "[7~" => KeyKind.Home,
        "[F" or "OF" or "[4~" or "[8~" => KeyKind.End,
        "[3~" => KeyKind.Delete,
        "[1;5C" or "[1;3C" => KeyKind.WordRight,
        "[1;5D" or "[1;3D" => KeyKind.WordLeft,
        _ => null,
    };

    private static string Clean(string text) => string.Concat(text
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Replace('\r', '\n')
        .Where(c => !char.IsControl(c) || c is '\n' or '\t'));

    private int IndexOf(byte[] sought)
    {
        for (var at = 0; at + sought.Length <= _pending.Count; at++)
        {
            if (sought.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending).Slice(at, sought.Length)))
                return at;
        }
        return -1;
    }

    private void Drop(int count) => _pending.RemoveRange(0, count);
}
