using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Registry;
using ChatLock.Actors.Storage;
using ChatLock.Actors.Tests.Report;
using ChatLock.Actors.Tests.Storage;
using ChatLock.Protocol.Session;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Actors.Tests.Sessions;

/// <summary>The database fails: what can't be kept is refused, everything else goes on, and it mends itself.</summary>
public sealed class FailingJournalTests : ServerRig
{
    private readonly FailingJournals _journals;

    public FailingJournalTests()
        : this(new FailingJournals())
    {
    }

    private FailingJournalTests(FailingJournals journals)
        : base(journals: journals) => _journals = journals;

    [Fact]
    public async Task Mail_is_refused_and_the_session_lives_on_and_the_same_message_goes_through_later()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        var id = TestClient.NewId();
        _journals.Fail("mailbox");

        Assert.Equal(RefusalCode.NotStored, (await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "once", id))).Refused.Code);
        await alice.SettleAsync();

        _journals.Recover("mailbox");
        await alice.AcceptedAsync(() => alice.SendPrivate(bob.Fingerprint, "once", id));
        Assert.Equal(["once"], await bob.PrivateTextsAsync(1));
    }

    [Fact]
    public async Task Nobody_is_kept_out_by_a_mailbox_that_can_not_be_read_and_gets_the_mail_when_it_can()
    {
        var alice = await EnterAsync("alice");
        var bob = await EnterAsync("bob");
        bob.Vanish();
        await bob.ReleasedAsync();
        await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "waiting"));
        StoreNames();
        _journals.FailingKind = "mailbox";
        await KillAsync();

        var again = await bob.ResumeAsync(Server, bob.Welcome.Mailbox);
        Assert.Equal(bob.Welcome.Mailbox, again.Welcome.Mailbox);
        Assert.True(again.Welcome.Resumed);

        _journals.Recover("mailbox");
        Assert.Equal(["waiting"], await again.PrivateTextsAsync(1));
    }

    [Fact]
    public async Task Names_are_granted_while_the_registrys_journal_fails_and_are_stored_when_it_works_again()
    {
        await EnterAsync("first");
        StoreNames();
        var journal = _journals.Cell(RegistryActor.JournalId);
        var stored = journal.Value.LastNumber;
        _journals.Fail("registry");
        var alice = await EnterAsync("alice");
        StoreNames(); // a stop doesn't wait for what can't be
        Assert.Equal(stored, journal.Value.LastNumber);
        _journals.Recover("registry");
        AwaitCondition(() => journal.Value.LastNumber > stored, Patience);
        await KillAsync();

        Assert.True((await alice.ResumeAsync(Server)).Welcome.Resumed);
    }

    [Fact]
    public async Task Before_it_is_known_who_holds_which_name_everyone_waits()
    {
        var alice = await EnterAsync("alice");
        StoreNames();
        _journals.FailingKind = "registry";
        await KillAsync();
        var thief = await TestClient.ConnectAsync(Server);
        var claim = thief.SendHello("alice");
        var again = await TestClient.ConnectAsync(Server, alice.Key);
        again.SendHello("whatever", alice.Welcome.ResumeToken);

        _journals.Recover("registry");

        Assert.Equal(RefusalCode.NameTaken, (await thief.ReplyToAsync(claim)).Refused.Code);
        await again.WelcomedAsync();
        Assert.True(again.Welcome.Resumed);
    }

    [Fact]
    public async Task What_can_not_be_read_of_names_is_not_overwritten_and_nobody_is_granted_one()
    {
        var cell = _journals.Cell(RegistryActor.JournalId);
        (cell.Value, _) = cell.Value.On(new JournalCommand.Append([ByteString.CopyFromUtf8("not what a registry stores")]));
        await KillAsync();

        var client = await TestClient.ConnectAsync(Server);
        var refused = await client.ReplyToAsync(client.SendHello("alice"));

        Assert.Equal(RefusalCode.Internal, refused.Refused.Code);
        Assert.Contains("can't be read", _journals.Health.Failing[RegistryActor.JournalId], StringComparison.Ordinal);
        Assert.Equal(1, cell.Value.LastNumber);
    }

    [Fact]
    public async Task A_mailbox_that_can_not_be_read_takes_nothing_and_its_owner_is_let_in()
    {
        var alice = await EnterAsync("alice");
        using var key = new TestClient();
        var cell = _journals.Cell(MailboxActor.JournalOf(key.Fingerprint));
        (cell.Value, _) = cell.Value.On(new JournalCommand.Append([ByteString.CopyFromUtf8("not what a mailbox stores")]));

        var bob = await TestClient.EnterAsync(Server, "bob", key.Key);

        Assert.NotNull(bob.Welcome.Mailbox);
        Assert.Equal(RefusalCode.NotStored, (await alice.ReplyToAsync(alice.SendPrivate(bob.Fingerprint, "lost?"))).Refused.Code);
        Assert.Equal(1, cell.Value.LastNumber);
    }
}
