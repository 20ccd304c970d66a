using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Channels;
using ChatLock.Protocol.Framing;
using ChatLock.Protocol.Wire;

namespace ChatLock.Client.Connection;

/// <summary>What a link tells about its stream; called from the link's own tasks, never at once from two.</summary>
internal interface IFrameLinkListener
{
    void Came(ServerFrame frame);

    /// <summary>The stream is over. Said once, last.</summary>
    void Ended(CloseReason reason);
}

/// <summary>Frames over one open stream: a reading task, a writing task, and a bound in each direction.</summary>
/// <remarks>
/// Out: at most <see cref="OutboundMax"/> frames wait; when it is full the server doesn't read any more and the link
/// ends. In: at most <see cref="InboundMax"/> frames are under way to the conversations; then nothing is read until one
/// is done, and TCP holds the server back.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes the stream; nothing else here holds a handle.")]
internal sealed class FrameLink
{
    public const int OutboundMax = 256;
    public const int InboundMax = 256;

    private readonly Stream _stream;
    private readonly int _bodyMaxBytes;
    private readonly Channel<EncodedFrame> _outbound = Channel.CreateBounded<EncodedFrame>(OutboundMax);
    private readonly SemaphoreSlim _inbound = new(InboundMax, InboundMax);
    private readonly CancellationTokenSource _dropped = new();

    public FrameLink(Stream stream, int bodyMaxBytes) => (_stream, _bodyMaxBytes) = (stream, bodyMaxBytes);

    /// <summary>Begins to read and write.</summary>
    public void Start(IFrameLinkListener listener) => _ = RunAsync(listener);

    /// <summary>Queues a frame; <c>false</c> when the queue is full or closed.</summary>
    public bool TrySend(EncodedFrame frame) => _outbound.Writer.TryWrite(frame);

    /// <summary>One frame was dealt with; of this link or, after a reconnect, still of the last.</summary>
    public void FrameDone()
    {
        if (_inbound.CurrentCount < InboundMax)
            _inbound.Release();
    }

    /// <summary>Sends what waits, then ends.</summary>
    public void CloseGently() => _outbound.Writer.TryComplete();

    /// <summary>Ends at once.</summary>
    public void Drop()
    {
        _outbound.Writer.TryComplete();
        _dropped.Cancel();
    }

    private async Task RunAsync(IFrameLinkListener listener)
    {
        var reading = ReadAsync(listener);
        var writing = WriteAsync();
        // A finished writer said goodbye and half-closed; the server's end of the stream ends the reader.
        var reason = await reading.ConfigureAwait(false);
        Drop();
        await writing.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        listener.Ended(reason);
    }

    private async Task<CloseReason> ReadAsync(IFrameLinkListener listener)
    {
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(_dropped.Token).ConfigureAwait(false);
                var buffer = read.Buffer;
                var found = FrameRead.NeedMore;
                while ((found = LengthPrefix.TryRead(ref buffer, _bodyMaxBytes, out var body)) == FrameRead.Complete)
                {
                    if (!FrameBody.TryRead(body, out ServerFrame? frame))
                        return CloseReason.Malformed;
                    await _inbound.WaitAsync(_dropped.Token).ConfigureAwait(false);
                    listener.Came(frame);
                }
                if (found is FrameRead.TooLarge or FrameRead.Empty)
                    return CloseReason.FrameTooLarge;
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    return CloseReason.ConnectionLost;
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return CloseReason.ConnectionLost;
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            var frames = _outbound.Reader;
            while (await frames.WaitToReadAsync(_dropped.Token).ConfigureAwait(false))
            {
                while (frames.TryRead(out var frame))
                    await _stream.WriteAsync(frame.WithPrefix, _dropped.Token).ConfigureAwait(false);
                await _stream.FlushAsync(_dropped.Token).ConfigureAwait(false);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader meets the same end and tells it.
            _dropped.Cancel();
        }
    }
}
