using Akka.Actor;
using ChatLock.Actors.Rooms;
using ChatLock.Actors.Sessions;
using ChatLock.Actors.Tests.Storage;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Rooms;

/// <summary>Rooms over real journals: what is acknowledged is there after a restart of everything, and a bug costs one request.</summary>
public sealed class RoomsActorTests
{
    private static readonly ByteString SomeId = ByteString.CopyFrom(new byte[16]);
    private static readonly Person Alice = new("alice");
    private static readonly Person Bob = new("bob");

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public void What_was_acknowledged_is_there_after_a_restart(string kind)
    {
        using var place = JournalPlace.Make(kind);
        Position lobby, garden;
        ByteString secret;
        using (var rig = RoomsRig.Start(place))
        {
            var alice = rig.Entered("lobby", Alice);
            var owner = rig.Entered("#garden", Alice, create: true);
            for (var i = 1; i <= 50; i++)
            {
                Assert.Equal((ulong)i, alice.Post($"lobby {i}").Accepted.Sequence);
                Assert.Equal((ulong)i, owner.Post($"garden {i}", i == 50 ? SomeId : null).Accepted.Sequence);
            }

            Assert.NotNull(owner.Act(RoomActKind.Ban, 1, new Person("carol")).Accepted);
            (lobby, garden, secret) = (alice.Info.Position, owner.Info.Position, owner.Info.OpenSecret);
        }

        using (var rig = RoomsRig.Start(place))
        {
            var (inLobby, inGarden) = (rig.Entered("lobby", Bob, lobby), rig.Entered("#garden", Bob, garden));
            rig.Eventually(() => inLobby.Numbers.Count() == 50 && inGarden.Numbers.Count() == 51);

            Assert.Equal(Numbers(1, 50), inLobby.Numbers);
            Assert.Equal(Numbers(1, 51), inGarden.Numbers);
            Assert.Equal("garden 7", Posted(inGarden)[6].Envelope.ToStringUtf8());
            Assert.Equal((lobby.Epoch, garden.Epoch, secret), (inLobby.Info.Position.Epoch, inGarden.Info.Position.Epoch, inGarden.Info.OpenSecret));
            Assert.Equal(RoomActKind.Ban, Assert.Single(inGarden.Info.Acts).Kind);
            var again = rig.Entered("#garden", Alice);
            Assert.Equal(50UL, again.Post("garden 50", SomeId).Accepted.Sequence);
            Assert.Equal(52UL, again.Post("garden 51").Accepted.Sequence);
        }
    }

    [Fact]
    public void Thousands_of_messages_come_from_the_journal_in_their_order()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = RoomsRig.Start(place);
        var alice = rig.Entered("#garden", Alice, create: true);
        var start = alice.Info.Position;
        for (var i = 0; i < 1500; i++)
            Assert.NotNull(alice.Post(new string('x', 1000)).Accepted);

        var bob = rig.Entered("#garden", Bob, start);

        rig.Eventually(() => bob.Numbers.Count() == 1500);
        Assert.Equal(Numbers(1, 1500), bob.Numbers);
        Assert.NotNull(alice.Post("new").Accepted);
        rig.Eventually(() => bob.Numbers.LastOrDefault() == 1501);
    }

    [Fact]
    public void A_bug_in_a_room_is_answered_and_nobody_loses_a_seat_or_a_number()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = RoomsRig.Start(place);
        var (alice, bob) = (rig.Entered("#garden", Alice, create: true), rig.Entered("#garden", Bob));
        alice.Post("one");

        Assert.Equal(RefusalCode.Internal, alice.Poison().Refused.Code);

        Assert.Equal(2UL, Accepted(rig, alice, "two"));
        rig.Eventually(() => bob.Numbers.Count() == 2);
    }

    [Fact]
    public void A_bug_in_the_directory_ends_no_room_and_rooms_are_made_afterwards()
    {
        using var place = JournalPlace.Make("sqlite");
        using var rig = RoomsRig.Start(place);
        var (alice, bob) = (rig.Entered("#garden", Alice, create: true), rig.Entered("#garden", Bob));

        Assert.Equal(RefusalCode.Internal, rig.Poison(Alice).Code);

        Assert.Equal(1UL, Accepted(rig, alice, "on it goes"));
        rig.Eventually(() => bob.Numbers.Any());
        rig.Eventually(() => rig.Join("#shed", Alice, create: true).IsAdmitted());
        Assert.Equal(["#garden", "#shed"], rig.List().Select(room => room.Room));
    }

    [Fact]
    public void While_journals_fail_posts_are_refused_and_everyone_stays_and_then_it_goes_on()
    {
        using var place = JournalPlace.Make("memory");
        var journals = new FlakyJournals();
        using var rig = RoomsRig.Start(place, journals);
        var (alice, bob) = (rig.Entered("#garden", Alice, create: true), rig.Entered("#garden", Bob));
        Assert.Equal(1UL, alice.Post("one").Accepted.Sequence);

        journals.Fails = true;
        Assert.Equal(RefusalCode.NotStored, alice.Post("two").Refused.Code);
        Assert.Equal(RefusalCode.NotStored, rig.Join("#shed", Alice, create: true).Refused().Code);
        Assert.True(rig.Join("#garden", new Person("carol")).IsAdmitted());
        journals.Fails = false;

        Assert.Equal(2UL, Accepted(rig, alice, "three"));
        rig.Eventually(() => bob.Numbers.SequenceEqual([1UL, 2UL]));
        rig.Eventually(() => rig.Join("#shed", Alice, create: true).IsAdmitted());
    }

    [Fact]
    public void A_room_that_nobody_is_in_is_stopped_and_comes_back_with_what_it_had()
    {
        using var place = JournalPlace.Make("memory");
        using var rig = RoomsRig.Start(place);
        var alice = rig.Entered("#garden", Alice, create: true);
        var start = alice.Info.Position;
        alice.Post("one");
        var room = alice.Actor;
        rig.LeaveToRest(alice);

        var bob = rig.Entered("#garden", Bob, start);

        Assert.NotEqual(room, bob.Actor);
        rig.Eventually(() => bob.Numbers.SequenceEqual([1UL]));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public void A_room_that_nobody_was_in_for_long_is_gone_with_all_that_it_had(string kind)
    {
        using var place = JournalPlace.Make(kind);
        using var rig = RoomsRig.Start(place);
        var alice = rig.Entered("#garden", Alice, create: true);
        var old = alice.Info.Position;
        alice.Post("one");
        rig.LeaveToRest(alice);
        Assert.Single(rig.List());

        rig.Time.Advance(TimeSpan.FromDays(31));
        rig.Eventually(() => rig.List().Count == 0);

        var bob = rig.Entered("#garden", Bob, old, create: true);

        Assert.True(bob.Info.Position.Epoch > old.Epoch);
        Assert.Equal(1UL, Accepted(rig, bob, "first"));
        Assert.Equal(Bob.Member.IdentityKey, bob.Info.OwnerKey);
    }

    /// <summary>A journal that is opened anew refuses posts for a moment; whoever is refused tries again with the same id.</summary>
    private static ulong Accepted(RoomsRig rig, RoomClient client, string text)
    {
        var id = ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
        Accepted? accepted = null;
        rig.Eventually(() => (accepted = client.Post(text, id).Accepted) is not null);
        return accepted!.Sequence;
    }

    private static List<Posted> Posted(RoomClient client) =>
        [.. client.Recorder.Frames.Where(frame => frame.Posted is not null).Select(frame => frame.Posted)];

    private static IEnumerable<ulong> Numbers(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => (ulong)i);
}
