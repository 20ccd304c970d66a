using ChatLock.Actors.Storage;
using ChatLock.Actors.Storage.Wire;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Registry;

/// <summary>Names as the journal holds them.</summary>
internal static class NameRecords
{
    public static NameHeld Of(NameHolder holder) => new()
    {
        Name = holder.Name.Text,
        IdentityKey = holder.You.IdentityKey,
        SessionKey = holder.You.SessionKey,
        SessionKeySignature = holder.You.SessionKeySignature,
        SessionKeyMadeUnixMs = holder.You.SessionKeyMadeUnixMs,
        TokenHash = holder.Token.ToByteString(),
        LastSeenUnixMs = holder.LastSeenUnixMs,
        MailSinceUnixMs = holder.MailSinceUnixMs,
    };

    public static ByteString Snapshot(NameTable names) => new NamesSnapshot { Held = { names.All.Select(Of) } }.ToByteString();

    /// <summary>The names as they were, seen from now: whoever had a session has lost the connection at this moment.</summary>
    /// <returns>How many stored names can't be held: the rules for names have changed since.</returns>
    public static (NameTable Names, int Dropped) Read(JournalEvent.Recovered recovered, ServerTime now)
    {
        var stored = new Dictionary<Fingerprint, NameHeld>();
        if (recovered.Snapshot is { } snapshot)
            Put(stored, NamesSnapshot.Parser.ParseFrom(snapshot).Held);
        foreach (var changed in recovered.Events.Select(item => NamesChanged.Parser.ParseFrom(item.Bytes)))
        {
            Put(stored, changed.Held);
            foreach (var key in changed.Freed)
            {
                if (Fingerprint.TryFrom(key.Span, out var freed))
                    stored.Remove(freed);
            }
        }

        var names = NameTable.Empty;
        foreach (var (key, held) in stored)
        {
            // Of two that can't both be held any more the one seen last stays.
            if (UserName.TryParse(held.Name, out var name, out _)
                && (names.HeldByAnother(name, key) is not { } other || other.LastSeenUnixMs < held.LastSeenUnixMs))
                names = Cleared(names, name, key).With(Holder(key, name, held, now));
        }

        return (names, stored.Count - names.Count);
    }

    private static void Put(Dictionary<Fingerprint, NameHeld> stored, IEnumerable<NameHeld> held)
    {
        foreach (var one in held)
            stored[Fingerprint.Of(one.IdentityKey.Span)] = one;
    }

    private static NameTable Cleared(NameTable names, UserName name, Fingerprint key)
    {
        while (names.HeldByAnother(name, key) is { } other)
            names = names.Without(other.Key);
        return names;
    }

    private static NameHolder Holder(Fingerprint key, UserName name, NameHeld held, ServerTime now)
    {
        var hadSession = ResumeTokenHash.TryFrom(held.TokenHash, out var token);
        var you = new Member
        {
            Name = name.Text,
            IdentityKey = held.IdentityKey,
            SessionKey = held.SessionKey,
            SessionKeySignature = held.SessionKeySignature,
            SessionKeyMadeUnixMs = held.SessionKeyMadeUnixMs,
        };
        return new NameHolder(name, key, you, hadSession ? Hold.Detached : Hold.Reserved)
        {
            Token = token,
            DetachedMs = now.Ms,
            LastSeenUnixMs = hadSession ? now.UnixMs : held.LastSeenUnixMs,
            MailSinceUnixMs = held.MailSinceUnixMs,
            IsMailUnknown = hadSession,
        };
    }
}
