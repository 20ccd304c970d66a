using System.Buffers;
using System.IO.Pipelines;
using ChatLock.Actors.FanOut;
using ChatLock.Protocol.Framing;

namespace ChatLock.Gateway.Tcp;

/// <summary>Frames with their length prefix into a connection's pipe; the transport sends all of a flush in one write.</summary>
public sealed class PipeFrameWriter(PipeWriter output) : IFrameWriter
{
    public void Write(EncodedFrame frame) => output.Write(frame.WithPrefix.Span);

    public ValueTask<bool> FlushAsync()
    {
        var flush = output.FlushAsync();
        return flush.IsCompletedSuccessfully
            ? ValueTask.FromResult(!flush.Result.IsCompleted)
            : WaitAsync(flush);
    }

    private static async ValueTask<bool> WaitAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            return !(await flush).IsCompleted;
        }
        catch (IOException)
        {
            return false; // the peer is gone
        }
    }
}
