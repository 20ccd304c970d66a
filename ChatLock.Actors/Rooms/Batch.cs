using System.Collections.Immutable;
using ChatLock.Actors.Messages;
using ChatLock.Actors.Sessions;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Rooms;

/// <summary>A post or an act that has its number and isn't stored yet, and who is to be told when it is.</summary>
public sealed record Pending(Posting Posting, ImmutableList<Asker> Askers);

/// <summary>Postings that go to the journal together, by rising numbers. Bounded.</summary>
public sealed record Batch
{
    public static readonly Batch Empty = new();

    /// <summary>Postings in a batch. Full: the next is refused, and its sender may try again.</summary>
    public const int PostingsMax = 1024;

    /// <summary>Bytes of envelopes in a batch; a first one is taken whatever its size.</summary>
    public const int BytesMax = 1024 * 1024;

    public ImmutableList<Pending> Items { get; private init; } = [];

    private ImmutableDictionary<(Fingerprint, MessageId), int> Places { get; init; } =
        ImmutableDictionary<(Fingerprint, MessageId), int>.Empty;

    private int Bytes { get; init; }

    public int Count => Items.Count;

    public bool HasRoomFor(Posting posting) =>
        Count == 0 || (Count < PostingsMax && Bytes + posting.Bytes <= BytesMax);

    public Batch With(Posting posting, Asker asker) => this with
    {
        Items = Items.Add(new Pending(posting, [asker])),
        Places = posting.MessageId is { } id ? Places.Add((posting.Sender, id), Count) : Places,
        Bytes = Bytes + posting.Bytes,
    };

    /// <summary>If the message is in this batch: one more waits for its answer, at most as many as a session may have under way.</summary>
    public bool TryJoin(Fingerprint sender, MessageId id, Asker asker, out Batch next)
    {
        var isHere = Places.TryGetValue((sender, id), out var place);
        next = isHere
            ? this with { Items = Items.SetItem(place, Items[place] with { Askers = Items[place].Askers.Add(asker) }) }
            : this;
        return isHere;
    }

    /// <summary>When the sender's last message in this batch was taken.</summary>
    public long? LastUnixMs(Fingerprint sender) =>
        Items.FindLast(pending => pending.Posting.Sender == sender && pending.Posting.Act is null)?.Posting.TimeUnixMs;
}
