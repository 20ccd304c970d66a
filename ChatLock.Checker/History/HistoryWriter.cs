using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;

namespace ChatLock.Checker.History;

/// <summary>Writes a history. Safe for use from several threads.</summary>
/// <remarks>At most <see cref="WaitingMax"/> records wait for the file. When it is full, who has something to write waits: a
/// history that left records out would accuse the server of losing them.</remarks>
public sealed class HistoryWriter : IAsyncDisposable
{
    /// <summary>Records that may wait to be written.</summary>
    public const int WaitingMax = 16 * 1_024;

    private const int FlushBytes = 64 * 1_024;
    private static readonly byte[] LineFeed = [(byte)'\n'];

    private readonly Channel<HistoryRecord> _waiting = Channel.CreateBounded<HistoryRecord>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Stream _stream;
    private readonly Task _writing;

    public HistoryWriter(Stream stream, HistoryClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_stream, Clock) = (stream, clock);
        _writing = Task.Run(WriteAllAsync);
    }

    public HistoryClock Clock { get; }

    public static HistoryWriter Create(string path, HistoryClock clock) =>
        new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), clock);

    /// <summary>Something that happened just now.</summary>
    /// <exception cref="ChannelClosedException">The file can't be written any more; the inner exception says why.</exception>
    public ValueTask WriteAsync(ClientKey client, Happening what) => WriteAsync(new(Clock.NowMicroseconds, client, what));

    /// <inheritdoc cref="WriteAsync(ClientKey, Happening)"/>
    public ValueTask WriteAsync(HistoryRecord record) => _waiting.Writer.WriteAsync(record);

    /// <summary>Writes what waits, and closes the file.</summary>
    /// <exception cref="IOException">Not all could be written.</exception>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        try
        {
            var lines = new ArrayBufferWriter<byte>(2 * FlushBytes);
            using var json = new Utf8JsonWriter(lines);
            HistoryFormat.WriteHeader(json, Clock.Id);
            EndLine(json, lines);
            while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (lines.WrittenCount < FlushBytes && _waiting.Reader.TryRead(out var record))
                {
                    HistoryFormat.Write(json, record);
                    EndLine(json, lines);
                }
                await _stream.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
                lines.ResetWrittenCount();
            }
            await _stream.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _waiting.Writer.TryComplete(failed);
            throw;
        }
    }

    private static void EndLine(Utf8JsonWriter json, ArrayBufferWriter<byte> lines)
    {
        json.Flush();
        json.Reset();
        lines.Write(LineFeed);
    }
}
