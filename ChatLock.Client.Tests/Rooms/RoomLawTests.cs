using ChatLock.Client.Rooms;
using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Wire;
using CsCheck;
using Google.Protobuf;

namespace ChatLock.Client.Tests.Rooms;

public sealed class RoomLawTests
{
    private static readonly ByteString Owner = Point(1), Me = Point(2), Bob = Point(3), Carol = Point(4);
    private readonly List<LawEffect> _effects = [];
    private RoomLaw _law = new(Fingerprint.Of(Me.Span), Me);
    private ulong _sequence = 100;

    [Fact]
    public void Acts_are_followed_one_by_one()
    {
        Enter(lastAct: 0);
        On(Came(Act(1, RoomActKind.Mute, Owner, Bob, seconds: 60)), Came(Act(2, RoomActKind.Op, Owner, Me)));
        Assert.Equal([1ul, 2ul], Acted());
        Assert.True(_law.Rules.IsModerator(Fingerprint.Of(Me.Span)));
        Assert.Empty(Faults());
    }

    [Fact]
    public void An_act_that_is_not_signed_by_whom_it_names_does_not_count()
    {
        Enter(lastAct: 0);
        On(new LawInput.Came(new CheckedAct(Act(1, RoomActKind.Ban, Owner, Bob), IsGenuine: false), 5));
        Assert.Equal([ActFault.BadSignature], Faults());
        Assert.Empty(_law.Rules.Banned);
        On(Came(Act(1, RoomActKind.Mute, Owner, Bob)));
        Assert.Equal([1ul], Acted());
    }

    [Fact]
    public void An_act_without_the_right_to_it_does_not_count_and_the_next_one_does()
    {
        Enter(lastAct: 0);
        On(Came(Act(1, RoomActKind.Kick, Bob, Carol)), Came(Act(2, RoomActKind.Ban, Owner, Bob)));
        Assert.Equal([ActFault.NotAllowed], Faults());
        Assert.Equal([2ul], Acted());
    }

    [Fact]
    public void What_is_told_at_the_door_is_checked_too()
    {
        Enter(lastAct: 9,
            new CheckedAct(Act(2, RoomActKind.Op, Owner, Bob), IsGenuine: true),
            new CheckedAct(Act(4, RoomActKind.Ban, Carol, Bob), IsGenuine: true),
            new CheckedAct(Act(5, RoomActKind.Ban, Owner, Carol), IsGenuine: false));
        Assert.Equal([ActFault.BadSignature, ActFault.NotAllowed], Faults());
        Assert.Equal(4ul, _effects.OfType<LawEffect.Refused>().Last().Act.Number);
        Assert.Empty(_law.Rules.Banned);
        Assert.Contains(Fingerprint.Of(Bob.Span), _law.Rules.Ops);
        On(Came(Act(10, RoomActKind.Mute, Bob, Carol)));
        Assert.Equal([10ul], Acted());
    }

    [Fact]
    public void Who_was_away_follows_what_was_missed_from_where_it_stood()
    {
        Enter(lastAct: 0);
        On(Came(Act(1, RoomActKind.Mute, Owner, Bob)), new LawInput.Offline());
        _effects.Clear();
        // Meanwhile: unmuted, Carol made an op, who banned Bob.
        var op = Act(3, RoomActKind.Op, Owner, Carol);
        var ban = Act(4, RoomActKind.Ban, Carol, Bob);
        Enter(lastAct: 4, again: true, told: [new CheckedAct(op, true), new CheckedAct(ban, true)]);
        Assert.False(_law.MayPost(Fingerprint.Of(Bob.Span), 5_000, ++_sequence));
        On(Came(Act(2, RoomActKind.Unmute, Owner, Bob)));
        Assert.True(_law.MayPost(Fingerprint.Of(Bob.Span), 5_000, ++_sequence));
        On(Came(op), Came(ban));
        Assert.False(_law.MayPost(Fingerprint.Of(Bob.Span), 5_000, ++_sequence));
        Assert.Equal([2ul, 3ul, 4ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void Where_the_log_does_not_have_what_was_missed_the_rules_are_as_told_at_the_door()
    {
        Enter(lastAct: 0);
        On(new LawInput.Offline());
        var ban = Act(7, RoomActKind.Ban, Owner, Bob);
        Enter(lastAct: 7, again: true, told: [new CheckedAct(ban, true)]);
        On(new LawInput.Missed(), Came(ban), Came(Act(8, RoomActKind.Unban, Owner, Bob)));
        Assert.Equal([8ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void Where_acts_were_told_at_the_door_and_do_not_come_the_next_one_shows_it()
    {
        Enter(lastAct: 0);
        On(new LawInput.Offline());
        Enter(lastAct: 7, again: true, told: [new CheckedAct(Act(6, RoomActKind.Op, Owner, Carol), true)]);
        On(Came(Act(8, RoomActKind.Ban, Carol, Bob)));
        Assert.Equal([8ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void Acts_that_never_came_are_said_to_be_missing()
    {
        Enter(lastAct: 2);
        On(Came(Act(5, RoomActKind.Ban, Owner, Bob)));
        Assert.Equal([ActFault.Hole], Faults());
        Assert.Equal([5ul], Acted());
    }

    [Fact]
    public void An_act_that_comes_twice_is_one()
    {
        Enter(lastAct: 0);
        var act = Act(1, RoomActKind.Mute, Owner, Bob);
        On(Came(act), Came(act));
        Assert.Equal([1ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void A_post_counts_by_its_place_in_the_log_and_where_that_is_not_known_by_its_time()
    {
        var bob = Fingerprint.Of(Bob.Span);
        Enter(lastAct: 3, new CheckedAct(Act(3, RoomActKind.Mute, Owner, Bob, seconds: 60, time: 10_000), true));
        Assert.True(_law.MayPost(bob, 9_999, 50));
        Assert.False(_law.MayPost(bob, 10_000, 50));
        Assert.False(_law.MayPost(bob, 69_999, 50));
        Assert.True(_law.MayPost(bob, 70_000, 50));
        On(new LawInput.Came(new CheckedAct(Act(4, RoomActKind.Ban, Owner, Bob, time: 80_000), true), 200));
        Assert.True(_law.MayPost(bob, 90_000, 199));
        Assert.False(_law.MayPost(bob, 79_000, 201)); // the clock was set back
        Assert.True(_law.MayPost(Fingerprint.Of(Carol.Span), 90_000, 201));
    }

    [Fact]
    public void A_wish_without_the_right_to_it_is_refused_at_once()
    {
        Enter(lastAct: 0);
        On(Wish(Bob));
        Assert.Equal(RefusalCode.NotAllowed, Assert.Single(_effects.OfType<LawEffect.Failed>()).Code);
        Assert.Empty(_effects.OfType<LawEffect.Sign>());
    }

    [Fact]
    public void Wishes_are_fulfilled_one_by_one_under_the_next_numbers()
    {
        EnterAsOwner(lastAct: 4);
        On(Wish(Bob), Wish(Carol));
        Assert.Equal(5ul, Signed().Number);
        On(Accepted());
        Assert.Equal(6ul, Signed().Number);
        On(Accepted());
        Assert.Equal([5ul, 6ul], Acted());
    }

    [Fact]
    public void An_own_act_comes_through_the_log_too_before_its_answer_or_after_and_counts_once()
    {
        EnterAsOwner(lastAct: 0);
        On(Wish(Bob));
        var first = Signed();
        On(Came(first), Accepted(), Wish(Carol));
        var second = Signed();
        On(Accepted(), Came(second));
        Assert.Equal([1ul, 2ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void Acts_that_overtake_the_answer_to_ours_wait_for_it()
    {
        EnterAsOwner(lastAct: 0, new CheckedAct(Act(1, RoomActKind.Op, Me, Carol), true));
        On(Wish(Bob));
        Signed();
        On(Came(Act(3, RoomActKind.SlowMode, Carol, ByteString.Empty, seconds: 5)));
        Assert.Empty(Acted());
        On(Accepted());
        Assert.Equal([2ul, 3ul], Acted());
        Assert.Empty(Faults());
    }

    [Fact]
    public void Somebody_elses_act_before_ours_makes_it_one_number_later()
    {
        EnterAsOwner(lastAct: 0, new CheckedAct(Act(1, RoomActKind.Op, Me, Carol), true));
        On(Wish(Bob));
        Signed();
        On(Came(Act(2, RoomActKind.SlowMode, Carol, ByteString.Empty, seconds: 5)), Stale());
        Assert.Equal(3ul, Signed().Number);
        On(Accepted());
        Assert.Equal([2ul, 3ul], Acted());
    }

    [Fact]
    public void A_stale_answer_that_is_there_before_what_made_it_so_waits_for_that()
    {
        EnterAsOwner(lastAct: 0, new CheckedAct(Act(1, RoomActKind.Op, Me, Carol), true));
        On(Wish(Bob));
        Signed();
        On(Stale());
        Assert.Single(_effects.OfType<LawEffect.Sign>());
        Assert.Equal(RoomLaw.OvertakerIn, Assert.Single(_effects.OfType<LawEffect.WakeAfter>()).Delay);
        On(Came(Act(2, RoomActKind.SlowMode, Carol, ByteString.Empty, seconds: 5)));
        Assert.Equal(3ul, Sign());
    }

    [Fact]
    public void A_stale_answer_to_what_was_taken_before_the_connection_broke_is_no_reason_to_do_it_twice()
    {
        EnterAsOwner(lastAct: 0);
        On(Wish(Bob));
        var act = Signed();
        On(new LawInput.Offline());
        Enter(lastAct: 1, again: true, owner: Me, told: []);
        Assert.Equal(act, Assert.Single(_effects.OfType<LawEffect.Send>()).Act);
        On(Stale(), Came(act), new LawInput.Overdue());
        Assert.Single(_effects.OfType<LawEffect.Sign>());
        Assert.Equal([1ul], Acted());
    }

    [Fact]
    public void Try_again_is_not_heard_for_ever()
    {
        EnterAsOwner(lastAct: 0);
        On(Wish(Bob));
        Signed();
        for (var times = 0; times < RoomLaw.TriesMax; times++)
            On(Refused(RefusalCode.NotStored, retryAfterMs: 5), new LawInput.Overdue());
        Assert.Equal(RefusalCode.NotStored, Assert.Single(_effects.OfType<LawEffect.Failed>()).Code);
        On(Wish(Carol));
        Assert.Equal(1ul, Sign());
    }

    [Fact]
    public void A_log_that_began_anew_makes_the_signature_one_of_its_own()
    {
        EnterAsOwner(lastAct: 5);
        On(Wish(Bob));
        Assert.Equal(6ul, Sign());
        Signed();
        On(new LawInput.Offline());
        Enter(lastAct: 0, again: true, owner: Me, epoch: 8, told: []);
        Assert.Equal(1ul, Sign());
        Assert.Empty(_effects.OfType<LawEffect.Send>());
    }

    [Fact]
    public void Leaving_hands_wishes_back()
    {
        EnterAsOwner(lastAct: 0);
        On(Wish(Bob), Wish(Carol), new LawInput.Close("You left."));
        Assert.Equal(2, _effects.OfType<LawEffect.Failed>().Count());
    }

    /// <summary>Whatever happens in whatever order: each wish ends once, done or failed, and nothing is sent twice under one number at once.</summary>
    [Fact]
    public void Every_wish_ends_exactly_once() => Gen.Int[0, 8].Array[1, 60].Sample(choices =>
    {
        var law = new RoomLaw(Fingerprint.Of(Me.Span), Me);
        var (wished, failed, done, others) = (0, 0, 0, 0ul);
        RoomAct? own = null;
        var isOnline = false;
        foreach (var choice in choices.Append(-1))
        {
            if (!isOnline && choice is 4 or 5 or 6 or 8)
                continue; // nothing comes
            LawInput input = choice switch
            {
                0 or 1 => Wish(Bob),
                2 => new LawInput.Entered(Fingerprint.Of(Me.Span), 7, [], law.Rules.LastAct, IsAgain: true),
                3 => new LawInput.Offline(),
                4 => Accepted(),
                5 => Stale(),
                6 => Refused(RefusalCode.TooFast, 5),
                7 => new LawInput.Overdue(),
                8 when own is not null => new LawInput.Came(new CheckedAct(own, true), ++others),
                8 => new LawInput.Missed(),
                _ => new LawInput.Close("Over."),
            };
            wished += input is LawInput.Wish ? 1 : 0;
            isOnline = input is LawInput.Entered || (isOnline && input is not LawInput.Offline);
            (law, var effects) = law.On(input);
            failed += effects.OfType<LawEffect.Failed>().Count();
            done += effects.OfType<LawEffect.Acted>().Count();
            if (effects.Any(effect => effect is LawEffect.Acted or LawEffect.Failed))
                own = null;
            foreach (var sign in effects.OfType<LawEffect.Sign>())
            {
                own = law.Unsigned(sign.Wish, sign.Number);
                own.Signature = ByteString.CopyFromUtf8($"{++others}"); // signatures of one act differ
                law = law.WithSigned(own);
            }
        }
        return done + failed == wished;
    });

    private void Enter(ulong lastAct, params CheckedAct[] told) => Enter(lastAct, again: false, told: told);

    private void EnterAsOwner(ulong lastAct, params CheckedAct[] told) =>
        Enter(Math.Max(lastAct, (ulong)told.Length), again: false, owner: Me, told: told);

    private void Enter(ulong lastAct, bool again, CheckedAct[] told, ByteString? owner = null, ulong epoch = 7) =>
        On(new LawInput.Entered(Fingerprint.Of((owner ?? Owner).Span), epoch, told, lastAct, again));

    private void On(params LawInput[] inputs)
    {
        foreach (var input in inputs)
        {
            (_law, var effects) = _law.On(input);
            _effects.AddRange(effects);
        }
    }

    private ulong Sign() => _effects.OfType<LawEffect.Sign>().Last().Number;

    /// <summary>Signs what is to be signed, as the actor does.</summary>
    private RoomAct Signed()
    {
        var sign = _effects.OfType<LawEffect.Sign>().Last();
        var act = _law.Unsigned(sign.Wish, sign.Number);
        act.Signature = ByteString.CopyFromUtf8($"signature {sign.Number}");
        _law = _law.WithSigned(act);
        return act;
    }

    private IEnumerable<ulong> Acted() => _effects.OfType<LawEffect.Acted>().Select(acted => acted.Act.Number);

    private IEnumerable<ActFault> Faults() => _effects.OfType<LawEffect.Refused>().Select(refused => refused.Fault);

    private LawInput.Came Came(RoomAct act) => new(new CheckedAct(act, IsGenuine: true), ++_sequence);

    private static LawInput.Wish Wish(ByteString about) => new(new ActWish(RoomActKind.Kick, Fingerprint.Of(about.Span)));

    private static LawInput.Replied Accepted() => new(new Reply { Accepted = new Accepted { Sequence = 1, TimeUnixMs = 1 } });

    private static LawInput.Replied Stale() => Refused(RefusalCode.StaleAct, 0);

    private static LawInput.Replied Refused(RefusalCode code, uint retryAfterMs) =>
        new(new Reply { Refused = new Refused { Code = code, Sentence = "No.", RetryAfterMs = retryAfterMs } });

    private static RoomAct Act(ulong number, RoomActKind kind, ByteString by, ByteString about, uint seconds = 0, long time = 1_000) => new()
    {
        Number = number,
        Kind = kind,
        By = by,
        Target = about.IsEmpty ? about : Fingerprint.Of(about.Span).ToByteString(),
        Seconds = seconds,
        TimeUnixMs = time,
    };

    private static ByteString Point(byte number) => ByteString.CopyFrom([.. Enumerable.Repeat(number, 65)]);
}
