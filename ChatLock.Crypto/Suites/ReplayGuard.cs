using System.Buffers.Binary;
using ChatLock.Crypto.Signing;

namespace ChatLock.Crypto.Suites;

/// <summary>Remembers the highest counter seen of each sender's sessions and admits only higher ones.</summary>
/// <remarks>
/// One guard for each conversation (a room, or the private messages of one peer): within it a sender's messages keep
/// their order, between two they don't. Ask it only about messages whose signature verified.
/// <para>When a sender comes with more than <see cref="SaltsPerSender"/> salts, its least recently used one is
/// forgotten: only the sender itself can make that happen. When there are <see cref="SendersMax"/> senders, new ones
/// are refused and the known ones go on: forgetting would let a server with keys of its own making replay the others.
/// In full it takes some 40 MB. Not safe for use from several threads.</para>
/// </remarks>
public sealed class ReplayGuard
{
    /// <summary>Senders remembered in one conversation.</summary>
    public const int SendersMax = 16_384;

    /// <summary>Sessions remembered of each sender.</summary>
    public const int SaltsPerSender = 64;

    private readonly Dictionary<SenderId, List<Mark>> _marks = [];

    /// <summary>Whether this message is new; if so, it and all before it under its salt are seen from now on.</summary>
    /// <param name="sender">The sender's fingerprint, 32 bytes.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="counter">From 1; 0 is never admitted.</param>
    /// <exception cref="ArgumentException">A wrong length.</exception>
    public bool Admit(ReadOnlySpan<byte> sender, ReadOnlySpan<byte> salt, ulong counter)
    {
        if (sender.Length != P256PublicKey.FingerprintLength || salt.Length != MessageHeader.SaltLength)
            throw new ArgumentException("A sender has 32 bytes, a salt 16.");
        return counter > 0
            && MarksOf(SenderId.Of(sender)) is { } marks
            && Raise(marks, BinaryPrimitives.ReadUInt128BigEndian(salt), counter);
    }

    /// <summary>The answer to a message, <see cref="OpenFailure.Replayed"/> if it was seen before.</summary>
    /// <param name="opened">What the suite answered. Without a verified signature it is returned as it is,
    /// unseen.</param>
    /// <param name="header">The message's.</param>
    public Opened Admit(Opened opened, MessageHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var verified = opened.Failure is OpenFailure.None or OpenFailure.CannotDecrypt;
        return !verified || Admit(header.Sender.Span, header.Salt.Span, header.Counter)
            ? opened
            : Opened.Failed(OpenFailure.Replayed);
    }

    private List<Mark>? MarksOf(SenderId sender)
    {
        if (_marks.TryGetValue(sender, out var marks))
            return marks;
        if (_marks.Count == SendersMax)
            return null;
        marks = new List<Mark>(capacity: 1);
        _marks.Add(sender, marks);
        return marks;
    }

    // The most recently used salt is last.
    private static bool Raise(List<Mark> marks, UInt128 salt, ulong counter)
    {
        var known = marks.FindLastIndex(mark => mark.Salt == salt);
        if (known >= 0 && counter <= marks[known].Highest)
            return false;
        if (known >= 0)
            marks.RemoveAt(known);
        else if (marks.Count == SaltsPerSender)
            marks.RemoveAt(0);
        marks.Add(new Mark(salt, counter));
        return true;
    }

    private readonly record struct Mark(UInt128 Salt, ulong Highest);

    private readonly record struct SenderId(UInt128 High, UInt128 Low)
    {
        public static SenderId Of(ReadOnlySpan<byte> fingerprint) => new(
            BinaryPrimitives.ReadUInt128BigEndian(fingerprint),
            BinaryPrimitives.ReadUInt128BigEndian(fingerprint[16..]));
    }
}
