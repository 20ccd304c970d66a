using ChatLock.Actors.Mailboxes;
using ChatLock.Actors.Storage;
using ChatLock.Protocol.Wire;

namespace ChatLock.Actors.Tests.Mailboxes;

/// <summary>A mailbox: stored, then acknowledged, then delivered; once, in order.</summary>
public sealed class MailboxStateTests
{
    private readonly MailboxRun _run = new();

    [Fact]
    public void A_message_is_stored_before_its_sender_is_told_and_its_reader_gets_it()
    {
        var reader = _run.Attach(out var attached);
        Assert.Equal(["attached at 0"], attached);

        Assert.Equal(["append 1"], _run.Put(1));
        Assert.Empty(_run.SentTo(reader));
        Assert.Equal(["1 accepted", "deliver 1"], _run.AnswerJournal());
        Assert.Equal(["1:1"], _run.SentTo(reader));
    }

    [Fact]
    public void What_comes_while_a_write_is_under_way_goes_into_the_next_one_together()
    {
        var reader = _run.Attach();
        _run.Put(1);
        for (var id = 2; id <= 9; id++)
            Assert.Empty(_run.Put(id));

        Assert.Equal(["1 accepted", "deliver 1", "append 8"], _run.AnswerJournal());
        _run.Settle();
        Assert.Equal(["1:1", "2:2", "3:3", "4:4", "5:5", "6:6", "7:7", "8:8", "9:9"], _run.SentTo(reader));
    }

    [Fact]
    public void Without_a_reader_the_sender_is_told_that_it_waits_and_the_reader_gets_it_when_it_comes()
    {
        _run.Put(1);
        Assert.Equal(["1 accepted, waits", "mail"], _run.AnswerJournal());
        var sentAt = _run.UnixMs;
        _run.Tick();

        var reader = _run.Attach(out var done);

        Assert.Equal(["attached at 0", "read 1-1"], done);
        _run.Settle();
        Assert.Equal(["1:1"], _run.SentTo(reader));
        Assert.Equal(sentAt, _run.Sent[reader.Id][0].PrivateMessage.TimeUnixMs);
        Assert.Equal("sender1", _run.Sent[reader.Id][0].PrivateMessage.From.Name);
    }

    [Fact]
    public void More_than_fits_into_one_piece_comes_piece_by_piece_and_what_comes_meanwhile_after_it()
    {
        for (var id = 1; id <= 20; id++)
            _run.Put(id, bytes: 100);
        _run.Settle();
        var reader = _run.Attach();
        _run.AnswerJournal();
        _run.Put(21);
        Assert.Equal(["21 accepted"], _run.AnswerJournal());
        Assert.InRange(_run.SentTo(reader).Length, 1, 5);

        _run.Settle();

        Assert.Equal(Enumerable.Range(1, 21).Select(n => $"{n}:{n}"), _run.SentTo(reader));
        Assert.Equal(["append 1"], _run.Put(22));
        Assert.Equal(["22 accepted", "deliver 22"], _run.AnswerJournal());
    }

    [Fact]
    public void A_reader_says_where_it_stands_and_gets_what_comes_after()
    {
        Store(5);

        var reader = _run.Attach(out var done, _run.At(3));
        _run.Settle();

        Assert.Equal("attached at 3", done[0]);
        Assert.Equal(["4:4", "5:5"], _run.SentTo(reader));
    }

    [Theory]
    [InlineData(6UL)]
    [InlineData(ulong.MaxValue)]
    public void A_position_beyond_the_log_brings_nothing_and_tells_where_the_log_stands(ulong number)
    {
        Store(5);

        var reader = _run.Attach(out var done, _run.At(number));

        Assert.Equal(["attached at 5"], done);
        _run.Put(6);
        _run.Settle();
        Assert.Equal(["6:6"], _run.SentTo(reader));
    }

    [Fact]
    public void A_position_of_another_log_is_told_that_it_is_one()
    {
        Store(2);

        var reader = _run.Attach(new Position { Epoch = 1, Sequence = 700 });
        _run.Settle();

        Assert.Equal(["gap 0-0", "1:1", "2:2"], _run.SentTo(reader));
        Assert.Equal(_run.State.Epoch, _run.Sent[reader.Id][0].Gap.Epoch);
        Assert.Empty(_run.Sent[reader.Id][0].Gap.Room);
    }

    [Fact]
    public void One_that_never_had_anything_misses_nothing_of_another_log()
    {
        var reader = _run.Attach(new Position { Epoch = 1, Sequence = 0 });

        Assert.Empty(_run.SentTo(reader));
    }

    [Fact]
    public void What_was_acknowledged_is_deleted_and_does_not_come_again()
    {
        Store(5);
        var reader = _run.Attach();
        _run.Settle();
        _run.Acknowledge(4);
        Assert.Empty(_run.Tick());
        Assert.Equal(["snapshot 5"], _run.Tick(5000));
        _run.Settle();

        Assert.Equal([5L], _run.Stored);
        _run.Detach(reader);
        var again = _run.Attach(out var done);
        _run.Settle();
        Assert.Equal("attached at 4", done[0]);
        Assert.Equal(["5:5"], _run.SentTo(again));
    }

    [Fact]
    public void Deleting_waits_for_others_but_not_for_long_and_not_when_the_reader_goes()
    {
        Store(100);
        var reader = _run.Attach();
        _run.Settle();
        for (var number = 1UL; number < MailboxState.CompactAfter; number++)
            Assert.Empty(_run.Acknowledge(number));
        Assert.Equal(["snapshot 100"], _run.Acknowledge(MailboxState.CompactAfter));
        _run.Settle();
        Assert.Equal(36, _run.Stored.Count());

        for (var second = 0; second < 14; second++)
        {
            string[] done = [.. _run.Acknowledge(70), .. _run.Tick(), .. _run.Put(200 + second)];
            Assert.DoesNotContain(done, IsSnapshot);
        }

        Assert.Contains(_run.Tick(2000), IsSnapshot);
        _run.Settle();

        _run.Acknowledge(71);
        Assert.Equal(["snapshot 114"], _run.Detach(reader));
    }

    [Fact]
    public void An_acknowledgement_of_another_log_or_beyond_this_one_deletes_nothing_that_did_not_come()
    {
        Store(2);
        _run.On(new MailboxCommand.Acknowledge(new Position { Epoch = 1, Sequence = 2 }));
        Assert.Equal(0UL, _run.State.AcknowledgedTo);

        _run.Acknowledge(ulong.MaxValue);
        Assert.Equal(2UL, _run.State.AcknowledgedTo);
        _run.Put(3);
        _run.Settle();
        var reader = _run.Attach();
        _run.Settle();
        Assert.Equal(["3:3"], _run.SentTo(reader));
    }

    [Fact]
    public void A_message_that_is_sent_again_is_answered_with_the_first_result_and_does_not_come_twice()
    {
        var reader = _run.Attach();
        _run.Put(1, @ref: 10);
        Assert.Empty(_run.Put(1, @ref: 11)); // while the first is under way
        Assert.Equal(["10 accepted", "11 accepted", "deliver 1"], _run.AnswerJournal());
        var first = ((MailboxEffect.Answer)_run.Last[0]).Accepted;

        _run.Tick(60_000);
        Assert.Equal(["12 accepted"], _run.Put(1, @ref: 12));
        Assert.Equal(first, Assert.IsType<MailboxEffect.Answer>(Assert.Single(_run.Last)).Accepted);
        Assert.Equal(["append 1"], _run.Put(1, sender: 2)); // someone else's id is another message
        Assert.Single(_run.SentTo(reader));
    }

    [Fact]
    public void What_was_dealt_with_and_deleted_is_known_when_it_is_sent_again_after_a_restart_too()
    {
        Store(3);
        _run.Acknowledge(3);
        _run.Tick(5000);
        _run.Settle();
        Assert.Empty(_run.Stored);

        _run.Kill(written: false);

        Assert.Equal(["9 accepted, waits"], _run.Put(2, @ref: 9));
        Assert.Equal(3UL, _run.State.Last);
    }

    [Fact]
    public void A_full_mailbox_refuses_until_something_is_acknowledged()
    {
        var run = new MailboxRun(new MailboxSettings { MessagesMax = 3, SenderMax = 3 });
        for (var id = 1; id <= 3; id++)
            run.Put(id, sender: id);
        run.Settle();

        Assert.Equal(["4 refused mailbox-full"], run.Put(4, sender: 4));
        Assert.Equal(["9 accepted, waits"], run.Put(2, sender: 2, @ref: 9)); // it has that one
        run.Acknowledge(1);
        Assert.Equal(["append 1"], run.Put(4, sender: 4));
    }

    [Fact]
    public void Strangers_can_not_fill_it_alone()
    {
        var run = new MailboxRun(new MailboxSettings { MessagesMax = 10, SenderMax = 2 });
        run.Put(1, sender: 1);
        run.Put(2, sender: 1); // not stored yet, and counted

        Assert.Equal(["3 refused mailbox-full"], run.Put(3, sender: 1));
        run.Settle();
        Assert.Equal(["4 refused mailbox-full"], run.Put(4, sender: 1));
        Assert.Equal(["append 1"], run.Put(5, sender: 2));
    }

    [Fact]
    public void What_waited_too_long_is_gone_and_the_reader_is_told_so()
    {
        Store(3);
        _run.Tick((long)TimeSpan.FromDays(4).TotalMilliseconds);
        _run.Put(4);
        _run.Settle();

        Assert.Contains("snapshot 4", _run.Tick((long)TimeSpan.FromDays(4).TotalMilliseconds));
        _run.Settle();

        Assert.Equal([4L], _run.Stored);
        var reader = _run.Attach();
        _run.Settle();
        Assert.Equal(["gap 1-3", "4:4"], _run.SentTo(reader));
    }

    [Fact]
    public void Of_what_is_gone_a_reader_misses_only_what_it_had_not_had()
    {
        Store(5);
        _run.Tick((long)TimeSpan.FromDays(8).TotalMilliseconds);
        _run.Settle();

        var some = _run.Attach(_run.At(2));
        Assert.Equal(["gap 3-5"], _run.SentTo(some));
        _run.Detach(some);
        _run.Acknowledge(5);
        Assert.Empty(_run.SentTo(_run.Attach()));
    }

    [Fact]
    public void What_goes_while_a_reader_is_catching_up_is_told_in_its_place()
    {
        for (var id = 1; id <= 8; id++)
            _run.Put(id, bytes: 100);
        _run.Settle();
        var reader = _run.Attach();
        _run.AnswerJournal(); // the first piece
        var first = _run.SentTo(reader).Length;
        _run.Tick((long)TimeSpan.FromDays(8).TotalMilliseconds);

        _run.Settle();

        Assert.Equal([.. Enumerable.Range(1, first).Select(n => $"{n}:{n}"), $"gap {first + 1}-8"], _run.SentTo(reader));
    }

    [Fact]
    public void The_journal_fails_senders_are_told_and_the_reader_stays()
    {
        var reader = _run.Attach();
        _run.Put(1);
        _run.Put(2);

        Assert.Equal(["1 refused not-stored", "2 refused not-stored"], _run.Fail(written: false));
        Assert.Equal(["3 refused not-stored"], _run.Put(3));
        _run.Recover();
        _run.Put(1);
        _run.Settle();

        Assert.Equal(["1:1"], _run.SentTo(reader));
    }

    [Fact]
    public void What_was_written_without_an_answer_is_delivered_after_the_recovery_and_its_repetition_known()
    {
        var reader = _run.Attach();
        _run.Put(1);
        Assert.Equal(["1 refused not-stored"], _run.Fail(written: true));

        Assert.Equal(["read 1-1"], _run.Recover());
        _run.Settle();
        Assert.Equal(["1:1"], _run.SentTo(reader));
        Assert.Equal(["1 accepted"], _run.Put(1));
        _run.Settle();
        Assert.Single(_run.SentTo(reader));
    }

    [Fact]
    public void A_restart_of_the_actor_answers_those_who_wait()
    {
        _run.Put(1);
        _run.Put(2);
        _run.AnswerJournal();
        Assert.Single(_run.Asked);

        _run.Asked.Clear(); // the journal of the old actor is gone, the write undone
        Assert.Equal(["2 refused not-stored"], _run.Recover());
    }

    [Fact]
    public void A_journal_that_can_not_write_may_still_be_read()
    {
        Store(2);
        _run.Fail(written: false);

        var reader = _run.Attach();
        _run.Settle();

        Assert.Equal(["1:1", "2:2"], _run.SentTo(reader));
    }

    [Fact]
    public void A_read_that_fails_is_tried_again()
    {
        Store(2);
        var reader = _run.Attach();
        var read = Assert.IsType<JournalCommand.Read>(_run.Asked.Dequeue());
        _run.On(new MailboxCommand.Journal(new JournalEvent.ReadFailed(read.Tag)));

        Assert.Equal(["read 1-2"], _run.Tick());
        _run.Settle();
        Assert.Equal(["1:1", "2:2"], _run.SentTo(reader));
    }

    [Fact]
    public void Before_the_journal_has_been_read_messages_and_the_reader_wait()
    {
        var run = new MailboxRun(recovered: false);
        Assert.Empty(run.Put(1));
        var reader = run.Attach(out var early);
        Assert.Empty(early);
        Assert.Empty(run.Put(1));

        Assert.Equal(["attached at 0", "append 1"], run.Recover());
        Assert.Equal(["1 accepted", "1 accepted", "deliver 1"], run.AnswerJournal());
        Assert.Equal(["1:1"], run.SentTo(reader));
    }

    [Fact]
    public void A_journal_that_can_not_be_read_keeps_nobody_out_and_what_waits_follows()
    {
        Store(2);
        var stands = _run.At(1);
        _run.Kill(written: false, recovered: false);
        var reader = _run.Attach(stands);
        _run.Put(7);

        Assert.Equal(["7 refused not-stored", "attached at 1"], _run.Fail(written: false));
        Assert.Equal(["read 2-2"], _run.Recover());
        _run.Settle();
        Assert.Equal(["2:2"], _run.SentTo(reader));
    }

    [Fact]
    public void A_reader_of_a_journal_that_can_not_be_read_who_does_not_know_where_it_stands_is_told_of_the_log_when_it_can()
    {
        Store(2);
        _run.UnixMs++; // what was told is another epoch
        _run.Kill(written: false, recovered: false);
        _run.Fail(written: false);

        var reader = _run.Attach(out var late);
        Assert.Equal(["attached at 0"], late);
        _run.Recover();
        _run.Settle();

        Assert.Equal(["gap 0-0", "1:1", "2:2"], _run.SentTo(reader));
        Assert.Equal(_run.State.Epoch, _run.Sent[reader.Id][0].Gap.Epoch);
    }

    [Fact]
    public void A_new_session_takes_the_place_of_the_old_one_whose_end_then_changes_nothing()
    {
        var old = _run.Attach();
        var reader = _run.Attach();
        _run.Detach(old);
        _run.Put(1);
        _run.Settle();

        Assert.Empty(_run.SentTo(old));
        Assert.Equal(["1:1"], _run.SentTo(reader));
    }

    [Fact]
    public void It_is_idle_when_nothing_has_happened_for_a_while_and_nothing_is_under_way()
    {
        Store(1);
        Assert.Empty(_run.Tick());
        Assert.Equal(["idle"], _run.Tick(10_000));

        var reader = _run.Attach();
        _run.Settle();
        Assert.DoesNotContain(_run.Tick(10_000), word => word.StartsWith("idle", StringComparison.Ordinal)); // not acknowledged yet
        _run.Acknowledge(1);
        Assert.Equal(["snapshot 1"], _run.Tick(10_000));
        _run.Settle();
        Assert.Equal(["idle, empty"], _run.Tick(10_000));
        Assert.Equal(["no mail"], _run.Detach(reader));
    }

    [Fact]
    public void When_its_key_holds_no_name_any_more_everything_goes()
    {
        Store(2);
        _run.Put(3);

        Assert.Equal(["3 refused not-here", "erase"], _run.On(MailboxCommand.Erase.Now));
        Assert.Equal(["gone"], _run.On(new MailboxCommand.Journal(JournalEvent.Erased.Done)));
        Assert.Equal(["gone"], new MailboxRun().On(MailboxCommand.Erase.Now));
    }

    [Fact]
    public void A_snapshot_that_is_not_answered_is_made_again()
    {
        Store(1);
        _run.Acknowledge(1);
        Assert.Equal(["snapshot 1", "no mail"], _run.Tick(5000));
        _run.Asked.Clear();
        Assert.Empty(_run.Tick());

        Assert.Equal(["snapshot 1"], _run.Tick(30_000));
    }

    private static bool IsSnapshot(string words) => words.StartsWith("snapshot", StringComparison.Ordinal);

    private void Store(int count)
    {
        for (var id = 1; id <= count; id++)
            _run.Put(id);
        _run.Settle();
        Assert.Equal((ulong)count, _run.State.Last);
    }
}
