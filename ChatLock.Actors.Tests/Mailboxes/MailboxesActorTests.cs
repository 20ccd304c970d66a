using Akka.Actor;
using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Tests.Report;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Microsoft.Extensions.Time.Testing;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>Mailboxes are there while something happens in them, and gone from the disk with the name.</summary>
public sealed class MailboxesActorTests : ServerRig
{
    private static readonly SessionLimits Limits = new()
    {
        PostsPerSecond = 10_000,
        PostsBurst = 10_000,
        SilenceTimeout = TimeSpan.FromDays(1000),
        PingAfter = TimeSpan.FromDays(900),
    };

    private readonly FakeTimeProvider _time;
    private readonly MemoryJournals _journals;

    public MailboxesActorTests()
        : this(new FakeTimeProvider(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000)), new MemoryJournals())
    {
    }

    private MailboxesActorTests(FakeTimeProvider time, MemoryJournals journals)
        : base(Limits, time, journals) =>
        (_time, _journals) = (time, journals);

    [Fact]
    public async Task An_idle_mailbox_is_stopped_and_its_reader_gets_what_comes_afterwards_once_and_in_order()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "one"));
        await bob.PrivateTextsAsync(1);
        await bob.ReplyToAsync(bob.Acknowledge(bob.Private().Last().Position));

        await UntilClosedAsync();
        foreach (var text in (string[])["two", "three", "four"])
            Assert.False((await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, text))).Accepted.Waiting);

        Assert.Equal(["one", "two", "three", "four"], await bob.PrivateTextsAsync(4));
        Assert.Equal([1UL, 2UL, 3UL, 4UL], bob.Private().Select(message => message.Position.Sequence));
    }

    [Fact]
    public async Task Mail_in_a_closed_mailbox_waits_and_a_reader_of_an_empty_one_opens_nothing()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Send(new ClientFrame { Bye = new Bye() });
        await bob.ReleasedAsync();
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "waiting"));
        await UntilClosedAsync();

        var again = await TestClient.EnterAsync(Server, "bob", bob.Key);
        Assert.Equal(["waiting"], await again.PrivateTextsAsync(1));
        await again.ReplyToAsync(again.Acknowledge(again.Private().Single().Position));
        await UntilClosedAsync();
        again.Vanish();
        var third = await again.ResumeAsync(Server, again.Private().Single().Position);
        Assert.Equal(1UL, third.Welcome.Mailbox.Sequence);
        Assert.Equal(0, Counters.Mailboxes);
    }

    [Fact]
    public async Task What_waited_too_long_is_deleted_though_nobody_comes()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Send(new ClientFrame { Bye = new Bye() });
        await bob.ReleasedAsync();
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "too late"));
        await UntilClosedAsync();
        Assert.Equal(1, Stored(bob.Fingerprint));

        _time.Advance(TimeSpan.FromDays(8));

        await EventuallyAsync(() => Stored(bob.Fingerprint) == 0);
        var again = await TestClient.EnterAsync(Server, "bob", bob.Key);
        var gap = (await again.FindAsync(frame => frame.Gap is { Room: "" })).Gap;
        Assert.Equal((1UL, 1UL), (gap.FromSequence, gap.ToSequence));
    }

    [Fact]
    public async Task When_a_name_is_free_again_the_mailbox_is_erased_and_a_new_one_has_another_epoch()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Send(new ClientFrame { Bye = new Bye() });
        await bob.ReleasedAsync();
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "never read"));
        await UntilClosedAsync();

        _time.Advance(TimeSpan.FromDays(31));

        await EventuallyAsync(() => _journals.InMemory(MailboxActor.JournalOf(bob.Fingerprint)).Value == MemoryJournalState.Empty);
        Assert.Equal(RefusalCode.NotHere, (await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "to nobody"))).Refused.Code);
        var again = await TestClient.EnterAsync(Server, "bob", bob.Key, new Position { Epoch = bob.Welcome.Mailbox.Epoch, Sequence = 0 });
        Assert.NotEqual(bob.Welcome.Mailbox.Epoch, again.Welcome.Mailbox.Epoch);
    }

    [Fact]
    public async Task A_bug_in_a_mailbox_costs_the_message_that_met_it_an_answer_and_nobody_a_message()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "one"));

        Child("mailboxes").Tell(new MailboxesCommand.Put(bob.Fingerprint, alice.Fingerprint, new Member(), 7, null!, TestActor));

        Assert.Equal(RefusalCode.Internal, ExpectMsg<Actors.Sessions.SessionMessage.Answered>().Reply.Refused.Code);
        await alice.AcceptedAsync(() => alice.SendPrivate(bob.Fingerprint, "two"));
        Assert.Equal(["one", "two"], await bob.PrivateTextsAsync(2));
    }

    [Fact]
    public async Task A_bug_in_the_parent_of_mailboxes_loses_nobody_and_nothing()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");

        Child("mailboxes").Tell(new MailboxesCommand.Attach(default, null!, null));

        foreach (var text in (string[])["one", "two"])
            await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, text));
        Assert.Equal(["one", "two"], await bob.PrivateTextsAsync(2));
    }

    [Fact]
    public async Task A_flood_to_keys_that_hold_no_name_opens_nothing()
    {
        var alice = await EnterAsync("alice");
        await UntilClosedAsync();
        for (var i = 0; i < 200; i++)
        {
            var nobody = RandomKey();
            Assert.Equal(RefusalCode.NotHere, (await alice.ReplyToAsync(alice.SendPrivate(nobody, "anyone?"))).Refused.Code);
        }

        Assert.Equal(0, Counters.Mailboxes);
    }

    private static Fingerprint RandomKey() => Fingerprint.Of(Guid.NewGuid().ToByteArray());

    private int Stored(Fingerprint key) => ((JournalEvent.ReadDone)_journals.InMemory(MailboxActor.JournalOf(key)).Value.On(
        new JournalCommand.Read(0, long.MaxValue, int.MaxValue, "all")).Answer!).Events.Count;

    /// <summary>Time passes until no mailbox is open.</summary>
    private Task UntilClosedAsync() => EventuallyAsync(() =>
    {
        _time.Advance(MailboxState.IdleAfter);
        return Counters.Mailboxes == 0;
    });

    private Task EventuallyAsync(Func<bool> isSo) => AwaitConditionAsync(isSo, Patience, TimeSpan.FromMilliseconds(20));
}
