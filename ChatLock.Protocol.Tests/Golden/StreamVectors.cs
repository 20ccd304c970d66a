using System.Buffers.Binary;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/frames/stream.json.</summary>
internal static class StreamVectors
{
    private static readonly byte[] Three = [.. Prefixed(0xA), .. Prefixed(0xB, 0xC), .. Prefixed(0xD, 0xE, 0xF)];

    public static StreamVectorFile All { get; } = new(
    [
        new("nothing", 8, [], [], "whole"),
        Of("one frame at once", 8, ["0a"], "whole", Prefixed(0xA)),
        Of("three frames at once", 8, ["0a", "0b0c", "0d0e0f"], "whole", Three),
        Of("three frames byte by byte", 8, ["0a", "0b0c", "0d0e0f"], "whole", [.. Three.Select(b => new[] { b })]),
        Of("empty pieces between", 8, ["0a"], "whole", [], Prefixed(0xA)[..2], [], Prefixed(0xA)[2..], []),
        .. Enumerable.Range(1, Three.Length - 1).Select(cut =>
            Of($"three frames cut after byte {cut}", 8, ["0a", "0b0c", "0d0e0f"], "whole", Three[..cut], Three[cut..])),
        .. Enumerable.Range(1, Three.Length - 1).Select(cut => EndedAfter(cut)),
        Of("a frame of the greatest length", 8, ["0102030405060708"], "whole", Prefixed(1, 2, 3, 4, 5, 6, 7, 8)),
        Of("a byte above the greatest length", 8, [], "too-large", Prefixed(1, 2, 3, 4, 5, 6, 7, 8, 9)),
        Of("too large is known from four bytes", 8, [], "too-large", Length(9)),
        Of("three bytes of a length decide nothing", 8, [], "part", [0xFF, 0xFF, 0xFF]),
        Of("a length with the top bit set", 65_536, [], "too-large", Length(0x80000000)),
        Of("the greatest number", 65_536, [], "too-large", Length(0xFFFFFFFF)),
        Of("the greatest signed number", 65_536, [], "too-large", Length(0x7FFFFFFF)),
        Of("an HTTP request", 65_536, [], "too-large", [.. "GET / HTTP/1.1\r\n\r\n"u8]),
        Of("a TLS hello", 65_536, [], "too-large", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]),
        Of("a length of 0", 8, [], "empty", Length(0)),
        Of("a length of 0 after a frame", 8, ["0a"], "empty", Prefixed(0xA), Length(0)),
        Of("a length of 0, cut in two", 8, [], "empty", [0, 0], [0, 0]),
        Of("nothing is read after a length of 0", 8, ["0a"], "empty", [.. Prefixed(0xA), .. Length(0), .. Prefixed(0xB)], Prefixed(0xC)),
        Of("nothing is read after too large", 8, ["0a"], "too-large", [.. Prefixed(0xA), .. Length(9)], Prefixed(0xC)),
        Of("a frame and a part of the next", 8, ["0a"], "part", [.. Prefixed(0xA), 0, 0]),
        Of("a frame whose bytes look like lengths", 8, ["0000000000000001"], "whole", Prefixed(0, 0, 0, 0, 0, 0, 0, 1)),
    ]);

    private static StreamVector EndedAfter(int cut)
    {
        string[] frames = [.. new[] { (5, "0a"), (11, "0b0c") }.Where(frame => frame.Item1 <= cut).Select(frame => frame.Item2)];
        return Of($"three frames ended after byte {cut}", 8, frames, cut is 5 or 11 ? "whole" : "part", Three[..cut]);
    }

    private static StreamVector Of(string name, int bodyMaxBytes, string[] frames, string end, params byte[][] chunks) =>
        new(name, bodyMaxBytes, [.. chunks.Select(chunk => Convert.ToHexStringLower(chunk))], frames, end);

    private static byte[] Prefixed(params byte[] body) => [.. Length((uint)body.Length), .. body];

    private static byte[] Length(uint length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, length);
        return bytes;
    }
}
