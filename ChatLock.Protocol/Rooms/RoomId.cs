using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;

namespace ChatLock.Protocol.Rooms;

/// <summary>What kind of room an id names.</summary>
public enum RoomKind
{
    /// <summary>The room that everyone is in. Nobody owns it.</summary>
    Lobby,

    /// <summary>Found by its name; its secret comes from the gateway, and clients say so.</summary>
    Open,

    /// <summary>Found by an invite; the server knows a hash of what the invite holds.</summary>
    Sealed,
}

/// <summary>What a room is called on the wire: <c>lobby</c>, <c>#name</c> or <c>~</c> and 64 hexadecimal digits.</summary>
/// <remarks>docs/PROTOCOL.md section 6a.</remarks>
public sealed record RoomId
{
    /// <summary>Most characters of an open room's name.</summary>
    public const int OpenNameMaxCharacters = 32;

    /// <summary>Length of a sealed room's hash, in bytes.</summary>
    public const int HashBytes = 32;

    private const char OpenPrefix = '#';
    private const char SealedPrefix = '~';
    private static readonly byte[] SealedLabel = Encoding.ASCII.GetBytes("ChatLock v1 room id\0");

    private RoomId(RoomKind kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>The room that everyone is in.</summary>
    public static RoomId Lobby { get; } = new(RoomKind.Lobby, RoomName.Lobby.Text);

    /// <summary>Which of the three forms it has.</summary>
    public RoomKind Kind { get; }

    /// <summary>As on the wire.</summary>
    public string Text { get; }

    /// <summary>An open room by the name that a user typed, with or without <c>#</c>.</summary>
    /// <param name="typed">Anything.</param>
    /// <param name="room">The room, if there is nothing wrong with the name.</param>
    /// <param name="problem">What is wrong, a complete sentence; empty when the answer is <c>true</c>.</param>
    public static bool TryOpen(string typed, [NotNullWhen(true)] out RoomId? room, out string problem)
    {
        ArgumentNullException.ThrowIfNull(typed);
        room = null;
        var text = typed.StartsWith(OpenPrefix) ? typed[1..] : typed;
        if (!RoomName.TryParse(text, out var name, out var wrong))
            problem = wrong.Sentence;
        else if (name.Text.EnumerateRunes().Count() > OpenNameMaxCharacters)
            problem = $"A room's name has at most {OpenNameMaxCharacters} characters.";
        else
        {
            room = new RoomId(RoomKind.Open, OpenPrefix + name.Text);
            problem = "";
        }
        return room is not null;
    }

    /// <summary>Reads an id from the wire. Any text is answered; only the exact form is one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RoomId? room)
    {
        ArgumentNullException.ThrowIfNull(text);
        room = text switch
        {
            _ when text == Lobby.Text => Lobby,
            [OpenPrefix, ..] when TryOpen(text, out var open, out _) && open.Text == text => open,
            [SealedPrefix, .. var hash] when hash.Length == 2 * HashBytes && hash.All(char.IsAsciiHexDigitLower) =>
                new RoomId(RoomKind.Sealed, text),
            _ => null,
        };
        return room is not null;
    }

    /// <summary>The id of a sealed room: a hash that binds its suite, its owner and its secret.</summary>
    /// <param name="suite">The suite's number.</param>
    /// <param name="owner">Fingerprint of the owner's identity key.</param>
    /// <param name="secret">The room's secret, 32 bytes.</param>
    public static RoomId OfSealed(uint suite, Fingerprint owner, ReadOnlySpan<byte> secret)
    {
        Span<byte> number = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)suite);
        byte[] hashed = [.. SealedLabel, .. number, .. owner.ToBytes(), .. secret];
        var hash = SHA256.HashData(hashed);
        CryptographicOperations.ZeroMemory(hashed);
        return new RoomId(RoomKind.Sealed, SealedPrefix + Convert.ToHexStringLower(hash));
    }

    /// <summary>What messages of the room are signed for: SHA-256 of the id, 32 bytes (section 6, target).</summary>
    public byte[] Target() => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary><see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
