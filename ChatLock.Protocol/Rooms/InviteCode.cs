using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Protocol.Identity;

namespace ChatLock.Protocol.Rooms;

/// <summary>What lets someone into a sealed room: its secret, its suite and whose it is. Never sent to a server.</summary>
/// <remarks>docs/PROTOCOL.md section 6a. It travels in the fragment of a link. A checksum finds cut and altered ones; the
/// owner's fingerprint is in it because the room's id binds it, so a server can't pass a room off as somebody else's.</remarks>
public sealed class InviteCode
{
    /// <summary>Length of a room's secret, in bytes.</summary>
    public const int SecretBytes = 32;

    /// <summary>Length of the whole as text: base64url without padding.</summary>
    public const int TextCharacters = 95;

    private const byte Version = 1;
    private const int ChecksumBytes = 4;
    private const int CheckedBytes = 1 + sizeof(ushort) + SecretBytes + Fingerprint.Bytes;
    private static readonly byte[] ChecksumLabel = Encoding.ASCII.GetBytes("ChatLock v1 invite\0");

    private readonly byte[] _secret;

    private InviteCode(uint suite, byte[] secret, Fingerprint owner)
    {
        (Suite, _secret, Owner) = (suite, secret, owner);
        Room = RoomId.OfSealed(suite, owner, secret);
    }

    /// <summary>The suite's number.</summary>
    public uint Suite { get; }

    /// <summary>The room's secret, 32 bytes; never to be printed or sent.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Who made the room and owns it.</summary>
    public Fingerprint Owner { get; }

    /// <summary>The room it leads to.</summary>
    public RoomId Room { get; }

    /// <summary>A new room's invite.</summary>
    /// <param name="suite">The suite's number, below 65,536.</param>
    /// <param name="secret">32 random bytes; copied.</param>
    /// <param name="owner">Fingerprint of the creator's identity key.</param>
    public static InviteCode Of(uint suite, ReadOnlySpan<byte> secret, Fingerprint owner)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(suite, (uint)ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretBytes);
        return new InviteCode(suite, secret.ToArray(), owner);
    }

    /// <summary>Reads a code from a link. Any text is answered.</summary>
    /// <param name="text">What stands after <c>room=</c>.</param>
    /// <param name="invite">The invite, if the code is whole.</param>
    /// <param name="problem">What is wrong, a complete sentence; empty when the answer is <c>true</c>.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out InviteCode? invite, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        invite = null;
        if (text.Length != TextCharacters)
        {
            problem = $"That invite is not whole: its code has {text.Length} characters instead of {TextCharacters}. Copy the link again.";
            return false;
        }
        if (!TryDecode(text, out var bytes) || !Checksum(bytes.AsSpan(0, CheckedBytes)).SequenceEqual(bytes.AsSpan(CheckedBytes)))
        {
            problem = "That invite was altered on its way: its code doesn't add up. Copy the link again.";
            return false;
        }
        if (bytes[0] != Version)
        {
            problem = "That invite is of a newer kind; it needs a newer client.";
            return false;
        }
        problem = "";
        var rest = bytes.AsSpan(1);
        var suite = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var secret = rest.Slice(sizeof(ushort), SecretBytes);
        Fingerprint.TryFrom(rest.Slice(sizeof(ushort) + SecretBytes, Fingerprint.Bytes), out var owner);
        invite = new InviteCode(suite, secret.ToArray(), owner);
        return true;
    }

    /// <summary>As it stands in a link. It holds the secret: show it to the user who asked for it and to nobody else.</summary>
    public string ToText()
    {
        var bytes = new byte[CheckedBytes + ChecksumBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)Suite);
        _secret.CopyTo(bytes, 1 + sizeof(ushort));
        Owner.ToBytes().CopyTo(bytes, 1 + sizeof(ushort) + SecretBytes);
        Checksum(bytes.AsSpan(0, CheckedBytes)).CopyTo(bytes.AsSpan(CheckedBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Names the room, not the secret.</summary>
    public override string ToString() => $"invite to {Room}";

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[CheckedBytes + ChecksumBytes];
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == bytes.Length
            && Base64Url.EncodeToString(bytes) == text;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> bytes) =>
        SHA256.HashData([.. ChecksumLabel, .. bytes]).AsSpan(0, ChecksumBytes);
}
