namespace ChatLock.Client.Conversations;

/// <summary>What a message says, before encryption and after decryption.</summary>
/// <param name="Text">As typed, cleaned (docs/PROTOCOL.md section 6). Foreign text isn't escaped here.</param>
/// <param name="IsAction">Whether it tells what its sender does (/me).</param>
public sealed record MessageBody(string Text, bool IsAction = false);
