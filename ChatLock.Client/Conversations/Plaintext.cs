using System.Text;
using ChatLock.Protocol.Session;
using Google.Protobuf;

namespace ChatLock.Client.Conversations;

/// <summary>What is inside a message: the bytes that are encrypted.</summary>
/// <remarks>docs/PROTOCOL.md section 6; vectors/messages. The first byte tells the kinds apart: no text begins with a
/// control character other than line feed and tab.</remarks>
internal abstract record Plaintext
{
    /// <summary>Message ids that one receipt names at most.</summary>
    public const int ReceiptIdsMax = 64;

    private const byte ActionMark = 0x01;
    private const byte ReceiptMark = 0x02;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private Plaintext()
    {
    }

    /// <summary>Something somebody says.</summary>
    public sealed record Text(MessageBody Body) : Plaintext;

    /// <summary>The receiver's client verified, decrypted and shows these messages. In private only.</summary>
    /// <param name="Ids">1 to <see cref="ReceiptIdsMax"/> ids of 16 bytes, as they came: foreign, perhaps twice.</param>
    public sealed record Receipt(IReadOnlyList<ByteString> Ids) : Plaintext;

    /// <summary>None of these.</summary>
    public sealed record Bad(Unreadable Reason) : Plaintext;

    /// <summary>Reads what was decrypted; any bytes are answered.</summary>
    public static Plaintext Read(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [ActionMark, .. var action] => ReadText(action, isAction: true),
        [ReceiptMark, .. var ids] => ReadReceipt(ids),
        _ => ReadText(bytes, isAction: false),
    };

    /// <summary>The bytes to encrypt.</summary>
    public byte[] ToBytes() => this switch
    {
        Text { Body: { IsAction: true } body } => [ActionMark, .. Strict.GetBytes(body.Text)],
        Text { Body: var body } => Strict.GetBytes(body.Text),
        Receipt receipt => [ReceiptMark, .. receipt.Ids.SelectMany(id => id)],
        _ => throw new InvalidOperationException($"{GetType().Name} can't be sent."),
    };

    private static Plaintext ReadText(ReadOnlySpan<byte> text, bool isAction) => System.Text.Unicode.Utf8.IsValid(text)
        ? new Text(new MessageBody(Strict.GetString(text), isAction))
        : new Bad(Unreadable.NotText);

    private static Plaintext ReadReceipt(ReadOnlySpan<byte> bytes)
    {
        const int idBytes = SessionLimits.MessageIdBytes;
        if (bytes.Length is 0 or > ReceiptIdsMax * idBytes || bytes.Length % idBytes != 0)
            return new Bad(Unreadable.Malformed);

        var ids = new ByteString[bytes.Length / idBytes];
        for (var at = 0; at < ids.Length; at++)
            ids[at] = ByteString.CopyFrom(bytes.Slice(at * idBytes, idBytes));
        return new Receipt(ids);
    }
}
