using ChatLock.Protocol.Framing;

namespace ChatLock.Gateway.Tcp;

/// <summary>
/// The frames of one flush as one run of bytes. Most connections of a room flush the same frames one after the other, so
/// the bytes that were joined last are used again as long as the frames are the same ones.
/// </summary>
internal sealed class FrameBatch
{
    private const int InitialBytes = 64 * 1024;

    [ThreadStatic]
    private static FrameBatch? s_ofThisThread;

    private readonly List<EncodedFrame> _frames = [];
    private byte[] _bytes = new byte[InitialBytes];
    private int _length;

    /// <summary>Each thread has its own: what <see cref="Join"/> returns is good until the same thread joins again.</summary>
    public static FrameBatch OfThisThread => s_ofThisThread ??= new FrameBatch();

    public ReadOnlyMemory<byte> Join(List<EncodedFrame> frames)
    {
        if (!IsJoined(frames))
            Copy(frames);
        return _bytes.AsMemory(0, _length);
    }

    private bool IsJoined(List<EncodedFrame> frames)
    {
        if (frames.Count != _frames.Count)
            return false;
        for (var i = 0; i < frames.Count; i++)
        {
            if (!ReferenceEquals(frames[i], _frames[i]))
                return false;
        }

        return true;
    }

    private void Copy(List<EncodedFrame> frames)
    {
        _frames.Clear();
        _length = 0;
        foreach (var frame in frames)
        {
            if (_bytes.Length - _length < frame.Length)
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + frame.Length));
            frame.WithPrefix.CopyTo(_bytes.AsMemory(_length));
            _length += frame.Length;
            _frames.Add(frame);
        }
    }
}
