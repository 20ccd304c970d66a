using ChatLock.Client.Conversations;
using ChatLock.Client.Identity;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Suites;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Conversations;

public sealed class CipherTests : IDisposable
{
    private const uint Sealed = (uint)SuiteId.Sealed;
    private const uint Classic = (uint)SuiteId.Classic;
    private static readonly RoomInfo Lobby = Room(Sealed, 7);
    private readonly ClientIdentity _alice = ClientIdentity.Temporary();
    private readonly ClientIdentity _bob = ClientIdentity.Temporary();
    private readonly AgreementKey _bobSession = AgreementKey.Generate();

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _bobSession.Dispose();
    }

    [Theory]
    [InlineData(Sealed)]
    [InlineData(Classic)]
    public void A_post_is_read_as_it_was_said_in_each_suite(uint suite)
    {
        var (sender, receiver) = (InRoom(_alice, Room(suite, 7)), InRoom(_bob, Room(suite, 7)));
        var read = Assert.IsType<OpenResult.Read>(receiver.Open(Member(_alice), Seal(sender, "hello", isAction: true), NewId()));
        Assert.Equal(new MessageBody("hello", IsAction: true), read.Body);
        Assert.Equal(suite, read.Trace.Sealed.Suite);
    }

    [Theory]
    [InlineData(Sealed)]
    [InlineData(Classic)]
    public void A_private_message_is_read_by_its_receiver_in_the_suite_the_sender_chose(uint suite)
    {
        var read = Assert.IsType<OpenResult.Read>(
            FromAlice().Open(Member(_alice), Seal(ToBob(), "psst", suite: suite), NewId()));
        Assert.Equal(("psst", suite), (read.Body.Text, read.Trace.Sealed.Suite));
    }

    [Fact]
    public void A_message_under_somebody_elses_name_is_a_gap_and_not_text()
    {
        var receiver = InRoom(_bob, Lobby);
        var gap = Assert.IsType<OpenResult.Gap>(receiver.Open(Member(_bob), Seal(InRoom(_alice, Lobby), "I am bob"), NewId()));
        Assert.Equal(Unreadable.BadSignature, gap.Reason);
    }

    [Fact]
    public void Each_changed_byte_of_an_envelope_is_noticed()
    {
        var whole = Seal(InRoom(_alice, Lobby), "hello").ToByteArray();
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 1;
            var result = InRoom(_bob, Lobby).Open(Member(_alice), ByteString.CopyFrom(changed), NewId());
            Assert.True(result is OpenResult.Gap, $"byte {at} of {whole.Length}: {result}");
        }
    }

    [Fact]
    public void A_replay_is_dropped_whatever_id_it_comes_with()
    {
        var receiver = InRoom(_bob, Lobby);
        var envelope = Seal(InRoom(_alice, Lobby), "hello");
        Assert.IsType<OpenResult.Read>(receiver.Open(Member(_alice), envelope, NewId()));
        Assert.IsType<OpenResult.Replay>(receiver.Open(Member(_alice), envelope, NewId()));
    }

    [Fact]
    public void A_message_that_was_encrypted_again_after_a_broken_connection_is_known_by_its_id()
    {
        var (sender, receiver, id) = (InRoom(_alice, Lobby), InRoom(_bob, Lobby), NewId());
        Assert.IsType<OpenResult.Read>(receiver.Open(Member(_alice), Seal(sender, "once"), id));
        Assert.IsType<OpenResult.Replay>(receiver.Open(Member(_alice), Seal(sender, "once"), id));
    }

    [Fact]
    public void A_post_in_another_suite_than_the_rooms_is_a_gap()
    {
        var gap = Assert.IsType<OpenResult.Gap>(
            InRoom(_bob, Lobby).Open(Member(_alice), Seal(InRoom(_alice, Room(Classic, 7)), "downgraded"), NewId()));
        Assert.Equal(Unreadable.WrongSuite, gap.Reason);
    }

    [Fact]
    public void A_post_under_another_secret_is_a_gap()
    {
        var gap = Assert.IsType<OpenResult.Gap>(
            InRoom(_bob, Lobby).Open(Member(_alice), Seal(InRoom(_alice, Room(Sealed, 8)), "hello"), NewId()));
        Assert.Equal(Unreadable.CannotDecrypt, gap.Reason);
    }

    [Fact]
    public void A_post_cannot_be_passed_off_as_a_private_message()
    {
        var result = FromAlice().Open(Member(_alice), Seal(InRoom(_alice, Lobby), "to all"), NewId());
        Assert.Equal(Unreadable.BadSignature, Assert.IsType<OpenResult.Gap>(result).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ff")]
    [InlineData("0802")]
    [InlineData("08e707")]
    public void Bytes_that_are_no_envelope_are_a_gap(string hex) =>
        Assert.IsType<OpenResult.Gap>(InRoom(_bob, Lobby).Open(Member(_alice), ByteString.CopyFrom(Convert.FromHexString(hex)), NewId()));

    [Fact]
    public void A_member_without_a_key_is_a_gap() => Assert.Equal(
        Unreadable.Malformed,
        Assert.IsType<OpenResult.Gap>(InRoom(_bob, Lobby).Open(new Member(), Seal(InRoom(_alice, Lobby), "x"), NewId())).Reason);

    [Fact]
    public void What_was_sealed_to_the_last_sessions_key_is_still_read()
    {
        var envelope = Seal(ToBob(), "under way");
        var receiver = new PeerCipher(_bob, _alice.Fingerprint);
        using var newer = AgreementKey.Generate();
        receiver.Enter([newer, _bobSession]);
        Assert.Equal("under way", Assert.IsType<OpenResult.Read>(receiver.Open(Member(_alice), envelope, NewId())).Body.Text);
    }

    [Fact]
    public void A_session_key_that_its_owner_did_not_sign_is_not_used()
    {
        var sender = new PeerCipher(_alice, _bob.Fingerprint);
        using var theirs = AgreementKey.Generate();
        var swapped = SessionMember(_bob, _bobSession);
        swapped.SessionKey = ByteString.CopyFrom(theirs.Point.Span);
        Assert.Equal(MeetResult.Unsigned, sender.Meet(swapped, out _));
        var somebodyElse = SessionMember(_alice, _bobSession);
        Assert.Equal(MeetResult.Unsigned, sender.Meet(somebodyElse, out _));
        Assert.Equal(MeetResult.Unsigned, sender.Meet(new Member(), out _));
        Assert.Equal(MeetResult.Good, sender.Meet(SessionMember(_bob, _bobSession), out var sameKey));
        Assert.False(sameKey);
        Assert.Equal(MeetResult.Good, sender.Meet(SessionMember(_bob, _bobSession), out sameKey));
        Assert.True(sameKey);
    }

    [Fact]
    public void A_session_key_older_than_one_that_was_told_is_not_used()
    {
        var sender = new PeerCipher(_alice, _bob.Fingerprint);
        using var older = AgreementKey.Generate();
        Assert.Equal(MeetResult.Good, sender.Meet(SessionMember(_bob, _bobSession, madeUnixMs: 5), out _));
        Assert.Equal(MeetResult.Older, sender.Meet(SessionMember(_bob, older, madeUnixMs: 4), out _));
        var backdated = SessionMember(_bob, older, madeUnixMs: 4);
        backdated.SessionKeyMadeUnixMs = 6; // not what was signed
        Assert.Equal(MeetResult.Unsigned, sender.Meet(backdated, out _));
        Assert.Equal("still to the newer one", Read(FromAlice().Open(Member(_alice), Seal(sender, "still to the newer one"), NewId())));
        Assert.Equal(MeetResult.Good, sender.Meet(SessionMember(_bob, older, madeUnixMs: 5), out var sameKey));
        Assert.False(sameKey);
    }

    [Fact]
    public void A_topic_can_be_read_as_often_as_the_room_is_entered()
    {
        var (sender, reader) = (InRoom(_alice, Room(Sealed, 7)), InRoom(_bob, Room(Sealed, 7)));
        var act = new RoomAct { By = Member(_alice).IdentityKey, Envelope = sender.SealTopic("roses") };
        Assert.Equal("roses", Read(reader.OpenTopic(act)));
        var post = Seal(sender, "hello");
        Assert.Equal("hello", Read(reader.Open(Member(_alice), post, NewId())));
        Assert.Equal("roses", Read(reader.OpenTopic(act)));
        Assert.IsType<OpenResult.Replay>(reader.Open(Member(_alice), post, NewId()));
        act.By = Member(_bob).IdentityKey;
        Assert.Equal(Unreadable.BadSignature, Assert.IsType<OpenResult.Gap>(reader.OpenTopic(act)).Reason);
        act.Envelope = ByteString.CopyFromUtf8("?");
        Assert.Equal(Unreadable.Malformed, Assert.IsType<OpenResult.Gap>(reader.OpenTopic(act)).Reason);
    }

    [Fact]
    public void A_sealed_room_is_read_with_its_invites_secret_and_only_if_suite_and_owner_are_the_invites()
    {
        var invite = InviteCode.Of(Sealed, new byte[32], _alice.Fingerprint);
        var info = new RoomInfo { Suite = Sealed, OwnerKey = Member(_alice).IdentityKey };
        var (alice, bob) = (new RoomCipher(_alice, invite.Room, invite), new RoomCipher(_bob, invite.Room, invite));
        Assert.Equal(RoomChange.Same, alice.Enter(info));
        Assert.Equal(RoomChange.Same, bob.Enter(info));
        Assert.Equal("psst", Read(bob.Open(Member(_alice), Seal(alice, "psst"), NewId())));
        Assert.Equal(RoomChange.Forged, bob.Enter(new RoomInfo(info) { Suite = Classic }));
        Assert.Equal(RoomChange.Forged, bob.Enter(new RoomInfo(info) { OwnerKey = Member(_bob).IdentityKey }));
        Assert.Equal(RoomChange.Forged, bob.Enter(new RoomInfo(info) { OwnerKey = ByteString.Empty }));
        var withGatewaysSecret = new RoomInfo(info) { OpenSecret = ByteString.CopyFrom([.. Enumerable.Repeat((byte)9, 32)]) };
        Assert.Equal(RoomChange.Same, bob.Enter(withGatewaysSecret));
    }

    [Theory]
    [InlineData(Sealed, 7, Sealed, 7, "Same")]
    [InlineData(Sealed, 7, Sealed, 8, "Rekeyed")]
    [InlineData(Sealed, 7, Classic, 7, "Weaker")]
    [InlineData(Classic, 7, Sealed, 7, "Rekeyed")]
    [InlineData(Sealed, 7, 99, 7, "Unusable")]
    public void A_room_that_is_not_what_it_was_is_noticed(uint suite, byte secret, uint newSuite, byte newSecret, string change)
    {
        var room = new RoomCipher(_alice, RoomId.Lobby, null);
        Assert.Equal(suite == Classic ? RoomChange.Weaker : RoomChange.Same, room.Enter(Room(suite, secret)));
        Assert.Equal(change, room.Enter(Room(newSuite, newSecret)).ToString());
    }

    [Fact]
    public void A_room_that_was_of_no_use_in_between_is_compared_with_what_it_was_before()
    {
        var room = new RoomCipher(_alice, RoomId.Lobby, null);
        Assert.Equal(RoomChange.Same, room.Enter(Room(Sealed, 7)));
        Assert.Equal(RoomChange.Unusable, room.Enter(Room(99, 7)));
        Assert.Equal(RoomChange.Weaker, room.Enter(Room(Classic, 7)));
    }

    [Theory]
    [InlineData(Sealed)]
    [InlineData(Classic)]
    public void The_inspector_walks_through_what_was_sent_and_what_came(uint suite)
    {
        var sent = ToBob().Seal(new Plaintext.Text(new MessageBody("psst")), suite);
        Assert.Contains(sent.Lines(), line => line.Contains("Signature", StringComparison.Ordinal));
        var read = Assert.IsType<OpenResult.Read>(FromAlice().Open(Member(_alice), sent.Sealed.ToBytes(), NewId()));
        Assert.Contains(read.Trace.Lines(), line => line.Contains("psst", StringComparison.Ordinal));
    }

    private PeerCipher ToBob()
    {
        var cipher = new PeerCipher(_alice, _bob.Fingerprint);
        cipher.Meet(SessionMember(_bob, _bobSession), out _);
        return cipher;
    }

    private PeerCipher FromAlice()
    {
        var cipher = new PeerCipher(_bob, _alice.Fingerprint);
        cipher.Enter([_bobSession]);
        return cipher;
    }

    private static RoomCipher InRoom(ClientIdentity identity, RoomInfo room)
    {
        var cipher = new RoomCipher(identity, RoomId.Lobby, null);
        cipher.Enter(room);
        return cipher;
    }

    private static ByteString Seal(ConversationCipher cipher, string text, bool isAction = false, uint suite = Sealed) =>
        cipher.Seal(new Plaintext.Text(new MessageBody(text, isAction)), suite).Sealed.ToBytes();

    private static RoomInfo Room(uint suite, byte secret) =>
        new() { Suite = suite, OpenSecret = ByteString.CopyFrom([.. Enumerable.Repeat(secret, 32)]) };

    private static Member Member(ClientIdentity identity) =>
        new() { Name = "someone", IdentityKey = ByteString.CopyFrom(identity.Key.PublicKey.Point.Span) };

    private static string Read(OpenResult result) => Assert.IsType<OpenResult.Read>(result).Body.Text;

    private static Member SessionMember(ClientIdentity identity, AgreementKey session, long madeUnixMs = 0)
    {
        var member = Member(identity);
        member.SessionKey = ByteString.CopyFrom(session.Point.Span);
        member.SessionKeyMadeUnixMs = madeUnixMs;
        member.SessionKeySignature = ByteString.CopyFrom(identity.Key.Sign(KeyProof.SessionKeyContext(madeUnixMs, session.Point.Span)));
        return member;
    }

    private static ByteString NewId() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
