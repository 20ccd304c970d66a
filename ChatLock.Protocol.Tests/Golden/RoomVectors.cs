using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using Google.Protobuf;
using static ChatLock.Crypto.Tests.Suites.SuiteVectorKeys;

namespace ChatLock.Protocol.Tests.Golden;

/// <summary>Makes vectors/rooms but for the rules.</summary>
internal static class RoomVectors
{
    private const string Garden = "#garden";
    private const ulong Epoch = 1_764_000_000_000;

    private static readonly string[] NoIds =
    [
        "", "Lobby", "lobby ", "garden", "#", "##garden", "#Garden", "#gar den", "#e\u0301", "#\uFF41", "#a/b", "#a:b", "#" + new string('a', 33),
        "~", "~" + new string('a', 63), "~" + new string('a', 65), "~" + new string('A', 64), "~" + new string('g', 64), "~" + new string('\uFF41', 64),
    ];

    public static RoomIdVectorFile Ids { get; } = new(
        [
            new("everyone's room", "lobby", "lobby"),
            .. ((string[])["#garden", "#42", "#zoë", "#名前", "#a-b_c", "#lobby", "#" + new string('a', 32)]).Select(id => new RoomIdVector("open", id, "open")),
            new("sealed", "~" + Convert.ToHexStringLower(Named("a room")), "sealed"),
            .. NoIds.Select(text => new RoomIdVector("none", text, "none")),
        ],
        [
            .. from suite in (uint[])[1, 2, 3, 0, 65_535]
               from owner in (string[])["alice", "bob"]
               select Sealed($"suite {suite}, owned by {owner}", suite, owner, "room secret"),
            Sealed("another secret", 2, "alice", "another room secret"),
        ]);

    public static InviteVectorFile Invites { get; } = new([.. MakeInvites()]);

    public static ActVectorFile Acts { get; } = new([.. MakeActs()]);

    public static ActVector Spelled(RoomAct act) => new(
        act.Kind.ToString(), $"{act.Number}", Hex(act.Target), act.Seconds, Hex(act.Envelope), Hex(act.By), $"{act.TimeUnixMs}");

    public static RoomAct Read(ActVector act) => new()
    {
        Kind = Enum.Parse<RoomActKind>(act.Kind),
        Number = ulong.Parse(act.Number, null),
        Target = Bytes(act.Target),
        Seconds = act.Seconds,
        Envelope = Bytes(act.Envelope),
        By = Bytes(act.By),
        TimeUnixMs = long.Parse(act.TimeUnixMs, null),
    };

    public static Fingerprint KeyOf(string name) => Fingerprint.Of(PointOf(Named(name)));

    public static string Hex(Fingerprint key) => Convert.ToHexStringLower(key.ToBytes());

    public static ByteString Bytes(string hex) => ByteString.CopyFrom(Convert.FromHexString(hex));

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static SealedIdVector Sealed(string comment, uint suite, string owner, string secret) => new(
        comment, suite, Hex(KeyOf(owner)), Convert.ToHexStringLower(Named(secret)), RoomId.OfSealed(suite, KeyOf(owner), Named(secret)).Text);

    private static IEnumerable<InviteVector> MakeInvites()
    {
        foreach (var (suite, owner) in ((uint, string)[])[(2, "alice"), (1, "alice"), (3, "bob"), (65_535, "mallory"), (0, "alice")])
            yield return Good($"suite {suite}, owned by {owner}", InviteCode.Of(suite, Named("room secret"), KeyOf(owner)));

        var code = InviteCode.Of(2, Named("room secret"), KeyOf("alice")).ToText();
        yield return Bad("nothing", "");
        yield return Bad("cut by one character", code[..^1]);
        yield return Bad("cut by half", code[..48]);
        yield return Bad("one character more", code + "A");
        yield return Bad("with padding", code + "=");
        yield return Bad("with a space before it", " " + code[..^1]);
        for (var at = 0; at < code.Length; at += 9)
            yield return Bad($"character {at} altered", code[..at] + (code[at] == 'A' ? 'B' : 'A') + code[(at + 1)..]);
        yield return Bad("in the alphabet of base64", code[..20] + "+/" + code[22..]);
        yield return Bad("two characters exchanged", code[..10] + code[11] + code[10] + code[12..]);
        yield return Bad("upper case", code.ToUpperInvariant());
        yield return Bad("a character beyond ASCII", code[..94] + "é");
        yield return new InviteVector("of a newer kind, its checksum good", Newer(code), "newer", null, null, null, null);
    }

    private static InviteVector Good(string comment, InviteCode invite) => new(
        comment, invite.ToText(), "good", invite.Suite, Hex(invite.Owner), Convert.ToHexStringLower(invite.Secret), invite.Room.Text);

    private static InviteVector Bad(string comment, string code) => new(comment, code, "bad", null, null, null, null);

    private static string Newer(string code)
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(code)[..^4];
        bytes[0] = 2;
        var checksum = System.Security.Cryptography.SHA256.HashData([.. "ChatLock v1 invite\0"u8, .. bytes]).AsSpan(0, 4);
        return System.Buffers.Text.Base64Url.EncodeToString([.. bytes, .. checksum]);
    }

    private static IEnumerable<SignedActVector> MakeActs()
    {
        RoomAct[] good =
        [
            .. ((RoomActKind[])[RoomActKind.Kick, RoomActKind.Ban, RoomActKind.Unban, RoomActKind.Unmute, RoomActKind.Op, RoomActKind.Deop])
                .Select((kind, at) => Act(kind, (ulong)at + 1, "bob")),
            Act(RoomActKind.Mute, 7, "bob"),
            Act(RoomActKind.Mute, 8, "bob", 3_600),
            Act(RoomActKind.Mute, ulong.MaxValue, "bob", RoomActs.SecondsMax),
            Act(RoomActKind.SlowMode, 9, null, 30),
            Act(RoomActKind.SlowMode, 10, null),
            Act(RoomActKind.Topic, 11, null, envelope: "topic"),
            Act(RoomActKind.Topic, 12, null),
        ];
        foreach (var act in good)
            yield return Signed($"{act.Kind}, number {act.Number}", "good", Garden, Epoch, act, "alice");
        yield return Signed("in a sealed room", "good", RoomId.OfSealed(2, KeyOf("alice"), Named("room secret")).Text, ulong.MaxValue, good[0], "alice");

        RoomAct[] misshapen =
        [
            Act(RoomActKind.Kick, 1, null), Act(RoomActKind.Kick, 0, "bob"), Act(RoomActKind.Kick, 1, "bob", 1), Act(RoomActKind.Kick, 1, "bob", envelope: "x"),
            Act(RoomActKind.Topic, 1, "bob", envelope: "topic"), Act(RoomActKind.Topic, 1, null, 1, "topic"), Act(RoomActKind.SlowMode, 1, "bob", 1),
            Act(RoomActKind.SlowMode, 1, null, RoomActs.SecondsMax + 1), Act(RoomActKind.Mute, 1, "bob", RoomActs.SecondsMax + 1),
            Act(RoomActKind.Unspecified, 1, "bob"),
        ];
        foreach (var act in misshapen)
            yield return Signed($"misshapen: {act.Kind}, {act.Target.Length} bytes of target, {act.Seconds} s, {act.Envelope.Length} bytes", "bad", Garden, Epoch, act, "alice");
        var shortTarget = Act(RoomActKind.Kick, 1, "bob");
        shortTarget.Target = ByteString.CopyFrom(shortTarget.Target.Span[1..]);
        yield return Signed("a target of 31 bytes", "bad", Garden, Epoch, shortTarget, "alice");
        yield return Signed("signed by another key", "bad", Garden, Epoch, good[0], "mallory");

        var signed = Signed("", "good", Garden, Epoch, good[1], "alice");
        yield return Moved(signed, "signed for another room", "#kitchen", Epoch, good[1]);
        yield return Moved(signed, "signed for another epoch", Garden, Epoch + 1, good[1]);
        yield return Moved(signed, "signed with another number", Garden, Epoch, Act(RoomActKind.Ban, 9, "bob"));
        yield return Moved(signed, "signed as another kind", Garden, Epoch, Act(RoomActKind.Kick, 2, "bob"));
        yield return Moved(signed, "signed about someone else", Garden, Epoch, Act(RoomActKind.Ban, 2, "carol"));
        yield return signed with { Comment = "no signature", Expected = "bad", Signature = "" };
        yield return signed with { Comment = "a signature of zeros", Expected = "bad", Signature = new string('0', 128) };
        yield return signed with { Comment = "no key", Expected = "bad", Act = signed.Act with { By = "" }, Context = null };
        yield return signed with { Comment = "the time is not signed", Act = signed.Act with { TimeUnixMs = "5" } };
    }

    private static SignedActVector Moved(SignedActVector signed, string comment, string room, ulong epoch, RoomAct act) => new(
        comment, "bad", room, $"{epoch}", Spelled(act), Convert.ToHexStringLower(RoomActs.Context(room, epoch, act)), signed.Signature);

    private static SignedActVector Signed(string comment, string expected, string room, ulong epoch, RoomAct act, string signer)
    {
        var context = RoomActs.Context(room, epoch, act);
        return new SignedActVector(
            comment, expected, room, $"{epoch}", Spelled(act), Convert.ToHexStringLower(context), Convert.ToHexStringLower(Sign(Named(signer), context)));
    }

    public static RoomAct Act(
        RoomActKind kind, ulong number, string? target, uint seconds = 0, string? envelope = null, string by = "alice", long time = 1_000) => new()
        {
            Kind = kind,
            Number = number,
            Target = target is null ? ByteString.Empty : ByteString.CopyFrom(KeyOf(target).ToBytes()),
            Seconds = seconds,
            Envelope = envelope is null ? ByteString.Empty : ByteString.CopyFrom(Named(envelope)),
            By = ByteString.CopyFrom(PointOf(Named(by))),
            TimeUnixMs = time,
        };
}
