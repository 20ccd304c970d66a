using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ChatLock.Client.Conversations;

/// <summary>What a message says, before encryption and after decryption.</summary>
/// <param name="Text">As typed, cleaned (docs/PROTOCOL.md section 6). Foreign text isn't escaped here.</param>
/// <param name="IsAction">Whether it tells what its sender does (/me).</param>
public sealed record MessageBody(string Text, bool IsAction = false)
{
    private const byte ActionMark = 0x01;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal byte[] ToPlaintext() => IsAction ? [ActionMark, .. Strict.GetBytes(Text)] : Strict.GetBytes(Text);

    /// <summary>Reads a plaintext; bytes that are not UTF-8 are <c>false</c>.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> plaintext, [NotNullWhen(true)] out MessageBody? body)
    {
        var isAction = plaintext.Length > 0 && plaintext[0] == ActionMark;
        var text = isAction ? plaintext[1..] : plaintext;
        body = System.Text.Unicode.Utf8.IsValid(text) ? new MessageBody(Strict.GetString(text), isAction) : null;
        return body is not null;
    }
}
