using System.Buffers.Binary;

namespace ChatLock.Crypto.Suites;

/// <summary>The bytes that a message's signature covers, the same for every suite: header, then ciphertext.</summary>
/// <remarks>docs/PROTOCOL.md section 6: context ‖ 0x00 ‖ suite (2, BE) ‖ target (32) ‖ sender (32) ‖ salt (16) ‖
/// counter (8, BE) ‖ ciphertext. Every field before the ciphertext has a fixed length, and the contexts differ before
/// their end, so no two messages have the same signed bytes.</remarks>
internal static class SignedBytes
{
    public static byte[] Header(SuiteId suite, MessageHeader header)
    {
        Span<byte> suiteId = stackalloc byte[sizeof(ushort)];
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt16BigEndian(suiteId, (ushort)suite);
        BinaryPrimitives.WriteUInt64BigEndian(counter, header.Counter);
        return
        [
            .. Context(header.Kind), 0x00, .. suiteId,
            .. header.Target.Span, .. header.Sender.Span, .. header.Salt.Span, .. counter,
        ];
    }

    public static byte[] Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext) => [.. header, .. ciphertext];

    private static ReadOnlySpan<byte> Context(MessageKind kind) =>
        kind == MessageKind.Post ? "ChatLock v1 post"u8 : "ChatLock v1 private"u8;
}
