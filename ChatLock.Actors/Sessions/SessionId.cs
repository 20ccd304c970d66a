using System.Security.Cryptography;
using Google.Protobuf;

namespace ChatLock.Actors.Sessions;

/// <summary>One session's number: random, 16 bytes, never used again.</summary>
public readonly record struct SessionId(Guid Value)
{
    public static SessionId Random()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new SessionId(new Guid(bytes));
    }

    public ByteString ToByteString() => ByteString.CopyFrom(Value.ToByteArray());

    /// <summary>The first eight digits: enough to find a session's lines in a log, not enough to guess it.</summary>
    public override string ToString() => Value.ToString("N")[..8];
}
