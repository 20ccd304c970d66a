using ChatLock.Crypto.Sealing;

namespace ChatLock.Client.Identity;

/// <summary>A session key: what private messages to us are sealed to.</summary>
/// <param name="Pair">The key pair.</param>
/// <param name="MadeUnixMs">When it was made, by our clock; later than that of the one before, whatever the clock says.</param>
/// <param name="ReplacedUnixMs">When the next one took its place; <c>null</c>: it is the one in use.</param>
internal sealed record SessionKey(AgreementKey Pair, long MadeUnixMs, long? ReplacedUnixMs);
