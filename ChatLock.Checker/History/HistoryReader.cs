namespace ChatLock.Checker.History;

/// <summary>A record with where it stands.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Record">What it says.</param>
public readonly record struct ReadRecord(int Line, HistoryRecord Record);

/// <summary>Reads a history line by line, never more of it at once than a buffer.</summary>
public sealed class HistoryReader : IDisposable
{
    private const int BufferBytes = 64 * 1_024;

    /// <summary>Different room names of one file that are kept as one string each.</summary>
    private const int RoomsMax = 100_000;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Dictionary<string, string> _rooms = [];
    private int _start;
    private int _end;
    private int _line;

    private HistoryReader(string file, Stream stream) => (File, _stream) = (file, stream);

    /// <summary>How the file is called in sentences.</summary>
    public string File { get; }

    /// <summary>The clock of all its records (<see cref="HistoryClock.Id"/>).</summary>
    public string Clock { get; private set; } = "";

    /// <exception cref="HistoryException">It isn't a history, or one of another version.</exception>
    public static HistoryReader Open(string path)
    {
        try
        {
            return Open(Path.GetFileName(path), System.IO.File.OpenRead(path));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new HistoryException($"{path} can't be read: {failed.Message}", failed);
        }
    }

    /// <inheritdoc cref="Open(string)"/>
    public static HistoryReader Open(string file, Stream stream)
    {
        var reader = new HistoryReader(file, stream);
        reader.ReadHeader();
        return reader;
    }

    /// <exception cref="HistoryException">A line is damaged, too long or cut off.</exception>
    public IEnumerable<ReadRecord> ReadAll()
    {
        while (TryReadLine(out var line))
            yield return new ReadRecord(_line, Parse(line.Span));
    }

    public void Dispose() => _stream.Dispose();

    private void ReadHeader()
    {
        if (!TryReadLine(out var bytes))
            throw new HistoryException(File, 1, "the file is empty.");
        if (HistoryLine.Read(bytes.Span, Intern, out var line) is { } problem)
            throw new HistoryException(File, _line, problem);
        if (line.Kind != "history" || line.Clock is not { } clock)
            throw new HistoryException(File, _line, "a history begins with {\"k\":\"history\",\"v\":1,\"clock\":...}.");
        if (line.Version != HistoryFormat.Version)
            throw new HistoryException(File, _line, $"version {line.Version} of the format isn't known here.");
        Clock = clock;
    }

    private HistoryRecord Parse(ReadOnlySpan<byte> bytes)
    {
        if (HistoryLine.Read(bytes, Intern, out var line) is { } damaged)
            throw new HistoryException(File, _line, damaged);
        if (HistoryParser.Read(line, out var record) is { } problem)
            throw new HistoryException(File, _line, problem);
        return record;
    }

    private string Intern(string room)
    {
        if (_rooms.TryGetValue(room, out var known))
            return known;
        if (_rooms.Count < RoomsMax)
            _rooms.Add(room, room);
        return room;
    }

    /// <remarks>The line is a view into the buffer, good until the next one is read.</remarks>
    private bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        _line++;
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length > HistoryFormat.LineMaxBytes || (length < 0 && _end - _start > HistoryFormat.LineMaxBytes))
                throw new HistoryException(File, _line, $"longer than {HistoryFormat.LineMaxBytes} bytes.");
            if (length >= 0)
            {
                line = _buffer.AsMemory(_start, length);
                _start += length + 1;
                return true;
            }
            if (!TryFill())
                break;
        }
        line = default;
        return _end == _start
            ? false
            : throw new HistoryException(File, _line, "the file ends in the middle of a line; its writer was cut off.");
    }

    private bool TryFill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = _stream.Read(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
