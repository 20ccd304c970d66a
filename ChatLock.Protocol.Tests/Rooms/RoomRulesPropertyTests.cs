using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Protocol.Tests.Rooms;

/// <summary>Whatever is done in a room by whomever: who comes later has the same rules as who saw it all, and nobody has done what he may not.</summary>
public sealed class RoomRulesPropertyTests
{
    private const int People = 5;

    /// <summary>The first one owns the room.</summary>
    private static readonly ByteString[] Keys =
        [.. Enumerable.Range(0, People).Select(i => ByteString.CopyFrom([4, .. Enumerable.Repeat((byte)i, KeyProof.PointBytes - 1)]))];

    private static readonly Fingerprint[] Prints = [.. Keys.Select(key => Fingerprint.Of(key.Span))];

    private static readonly RoomActKind[] Kinds = [.. Enum.GetValues<RoomActKind>().Where(kind => kind != RoomActKind.Unspecified)];

    private static readonly Gen<(int By, RoomActKind Kind, int Target, uint Seconds, int Skew)> Attempt = Gen.Select(
        Gen.Int[0, People - 1],
        Gen.Int[0, Kinds.Length - 1].Select(kind => Kinds[kind]),
        Gen.Int[0, People - 1],
        Gen.UInt[0, 20],
        Gen.Int[-1, 12].Select(skew => skew > 1 ? 0 : skew)); // most have the number that is next

    [Fact]
    public void Who_enters_later_reads_the_same_rules() => Attempt.Array[0, 60].Sample(attempts =>
    {
        var rules = Done(attempts);

        Assert.True(RoomRules.TryRead(Prints[0], rules.InForce, rules.LastAct, out var read));
        AssertSame(rules, read);
    });

    [Fact]
    public void Who_enters_after_mutes_ran_out_reads_the_same_rules() => Gen.Select(Attempt.Array[0, 60], Gen.Long[0, 120_000]).Sample((attempts, nowMs) =>
    {
        var rules = Done(attempts).At(nowMs);

        Assert.True(RoomRules.TryRead(Prints[0], rules.InForce, rules.LastAct, out var read));
        AssertSame(rules, read);
        Assert.All(rules.MutedUntilMs.Values, until => Assert.True(until > nowMs));
    });

    [Fact]
    public void Both_go_on_alike() => Gen.Select(Attempt.Array[0, 40], Attempt.Array[0, 20]).Sample((before, after) =>
    {
        var rules = Done(before);
        RoomRules.TryRead(Prints[0], rules.InForce, rules.LastAct, out var read);

        foreach (var attempt in after)
        {
            var act = Act(rules, attempt);
            Assert.Equal(rules.Check(act), read.Check(act));
            if (rules.Check(act) == ActProblem.None)
                (rules, read) = (rules.Apply(act), read.Apply(act));
        }

        AssertSame(rules, read);
    });

    [Fact]
    public void Only_the_owner_makes_ops_and_nobody_without_a_right_does_anything() => Attempt.Array[0, 60].Sample(attempts =>
    {
        var rules = RoomRules.Of(Prints[0]);
        foreach (var attempt in attempts)
        {
            var act = Act(rules, attempt);
            var isAllowed = rules.Check(act) == ActProblem.None;
            var (by, target) = (attempt.By, attempt.Target);
            var isOp = rules.Ops.Contains(Prints[by]) && !rules.Banned.Contains(Prints[by]);

            if (by != 0 && !isOp)
                Assert.False(isAllowed);
            if (act.Kind == RoomActKind.Op && by != 0)
                Assert.False(isAllowed);
            if (act.Kind is RoomActKind.Kick or RoomActKind.Ban or RoomActKind.Mute && (target == 0 || target == by))
                Assert.False(isAllowed);
            if (act.Kind is RoomActKind.Kick or RoomActKind.Ban or RoomActKind.Mute && by != 0 && rules.Ops.Contains(Prints[target]))
                Assert.False(isAllowed);
            if (act.Number != rules.LastAct + 1)
                Assert.False(isAllowed);
            rules = isAllowed ? rules.Apply(act) : rules;

            Assert.DoesNotContain(Prints[0], rules.Banned);
            Assert.DoesNotContain(Prints[0], rules.MutedUntilMs.Keys);
        }
    });

    [Fact]
    public void No_more_is_in_force_than_a_room_keeps() => Attempt.Array[0, 300].Sample(
        attempts => Assert.InRange(Done(attempts).InForce.Count, 0, RoomRules.ActsMax), iter: 20);

    private static RoomRules Done(IEnumerable<(int, RoomActKind, int, uint, int)> attempts) => attempts.Aggregate(
        RoomRules.Of(Prints[0]), (rules, attempt) => Act(rules, attempt) is var act && rules.Check(act) == ActProblem.None ? rules.Apply(act) : rules);

    private static RoomAct Act(RoomRules rules, (int By, RoomActKind Kind, int Target, uint Seconds, int Skew) attempt)
    {
        var isTargeted = attempt.Kind is not (RoomActKind.Topic or RoomActKind.SlowMode);
        return new RoomAct
        {
            Kind = attempt.Kind,
            Number = (ulong)Math.Max(1, (long)rules.LastAct + 1 + attempt.Skew),
            Target = isTargeted ? Prints[attempt.Target].ToByteString() : ByteString.Empty,
            Seconds = attempt.Kind is RoomActKind.Mute or RoomActKind.SlowMode ? attempt.Seconds : 0,
            Envelope = attempt.Kind == RoomActKind.Topic && attempt.Seconds > 5 ? ByteString.CopyFromUtf8($"topic {attempt.Seconds}") : ByteString.Empty,
            By = Keys[attempt.By],
            TimeUnixMs = (long)rules.LastAct * 1000,
        };
    }

    private static void AssertSame(RoomRules one, RoomRules other)
    {
        Assert.Equal(one.LastAct, other.LastAct);
        Assert.True(one.Ops.SetEquals(other.Ops));
        Assert.True(one.Banned.SetEquals(other.Banned));
        Assert.Equal(one.MutedUntilMs.OrderBy(mute => mute.Key), other.MutedUntilMs.OrderBy(mute => mute.Key));
        Assert.Equal((one.SlowModeSeconds, one.Topic), (other.SlowModeSeconds, other.Topic));
        // An op who was appointed twice may be there twice for who saw it all: that proves no other rights.
        Assert.Subset(one.InForce.ToHashSet(), other.InForce.ToHashSet());
    }
}
