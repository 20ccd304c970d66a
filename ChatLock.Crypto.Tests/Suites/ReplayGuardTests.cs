using System.Buffers.Binary;
using ChatLock.Crypto.Suites;
using CsCheck;

namespace ChatLock.Crypto.Tests.Suites;

public class ReplayGuardTests
{
    private static readonly byte[] Alice = Sender(1);
    private static readonly byte[] Bob = Sender(2);

    [Fact]
    public void Exactly_the_counters_above_all_before_are_admitted() =>
        Gen.ULong[0, 12].Array[0, 40].Sample(counters =>
        {
            var guard = new ReplayGuard();
            var highest = 0UL;
            foreach (var counter in counters)
            {
                if (guard.Admit(Alice, Salt(1), counter) != counter > highest)
                    return false;
                highest = Math.Max(highest, counter);
            }
            return true;
        });

    [Fact]
    public void The_last_counter_there_is_counts_once()
    {
        var guard = new ReplayGuard();
        Assert.True(guard.Admit(Alice, Salt(1), ulong.MaxValue));
        Assert.False(guard.Admit(Alice, Salt(1), ulong.MaxValue));
        Assert.False(guard.Admit(Alice, Salt(1), 1));
    }

    [Fact]
    public void Senders_and_salts_count_for_themselves()
    {
        var guard = new ReplayGuard();
        Assert.True(guard.Admit(Alice, Salt(1), 5));
        Assert.True(guard.Admit(Alice, Salt(2), 5));
        Assert.True(guard.Admit(Bob, Salt(1), 5));
        Assert.False(guard.Admit(Alice, Salt(1), 5));
        Assert.False(guard.Admit(Alice, Salt(2), 4));
        Assert.False(guard.Admit(Bob, Salt(1), 1));
    }

    [Fact]
    public void A_sender_s_least_recently_used_salt_is_the_first_forgotten()
    {
        var guard = new ReplayGuard();
        for (var salt = 0; salt < ReplayGuard.SaltsPerSender; salt++)
            Assert.True(guard.Admit(Alice, Salt(salt), 1));
        Assert.True(guard.Admit(Alice, Salt(0), 2));
        Assert.True(guard.Admit(Alice, Salt(1000), 1));

        Assert.False(guard.Admit(Alice, Salt(0), 2));
        for (var salt = 2; salt < ReplayGuard.SaltsPerSender; salt++)
            Assert.False(guard.Admit(Alice, Salt(salt), 1), $"salt {salt}");
        Assert.True(guard.Admit(Alice, Salt(1), 1)); // forgotten, so a replay of it would pass
    }

    [Fact]
    public void A_sender_with_many_salts_takes_nothing_from_the_others()
    {
        var guard = new ReplayGuard();
        Assert.True(guard.Admit(Bob, Salt(0), 9));
        for (var salt = 0; salt < 10 * ReplayGuard.SaltsPerSender; salt++)
            guard.Admit(Alice, Salt(salt), 1);
        Assert.False(guard.Admit(Bob, Salt(0), 9));
    }

    [Fact]
    public void A_full_guard_refuses_newcomers_and_goes_on_with_those_it_knows()
    {
        var guard = new ReplayGuard();
        for (var sender = 0; sender < ReplayGuard.SendersMax; sender++)
            Assert.True(guard.Admit(Sender(sender), Salt(0), 1));
        Assert.False(guard.Admit(Sender(ReplayGuard.SendersMax), Salt(0), 1));
        Assert.True(guard.Admit(Sender(0), Salt(0), 2));
        Assert.False(guard.Admit(Sender(0), Salt(0), 2));
    }

    [Fact]
    public void A_message_of_0_makes_no_mark()
    {
        var guard = new ReplayGuard();
        Assert.False(guard.Admit(Alice, Salt(1), 0));
        Assert.True(guard.Admit(Alice, Salt(1), 1));
    }

    [Theory]
    [InlineData(OpenFailure.BadSignature)]
    [InlineData(OpenFailure.Malformed)]
    public void A_message_whose_signature_did_not_verify_leaves_no_mark(OpenFailure failure)
    {
        var guard = new ReplayGuard();
        var header = new MessageHeader(MessageKind.Post, new byte[32], Alice, Salt(1), 9);
        Assert.Equal(failure, guard.Admit(new Opened(failure, default), header).Failure);
        Assert.Equal(OpenFailure.None, guard.Admit(new Opened(OpenFailure.None, default), header).Failure);
    }

    [Fact]
    public void A_message_that_could_not_be_read_is_not_reported_twice()
    {
        var guard = new ReplayGuard();
        var header = new MessageHeader(MessageKind.Post, new byte[32], Alice, Salt(1), 9);
        var unreadable = new Opened(OpenFailure.CannotDecrypt, default);
        Assert.Equal(OpenFailure.CannotDecrypt, guard.Admit(unreadable, header).Failure);
        Assert.Equal(OpenFailure.Replayed, guard.Admit(unreadable, header).Failure);
    }

    [Theory]
    [InlineData(31, 16)]
    [InlineData(33, 16)]
    [InlineData(32, 15)]
    [InlineData(32, 17)]
    public void A_wrong_length_is_misuse(int senderLength, int saltLength) => Assert.Throws<ArgumentException>(() =>
        new ReplayGuard().Admit(new byte[senderLength], new byte[saltLength], 1));

    private static byte[] Sender(int number) => Numbered(number, 32);

    private static byte[] Salt(int number) => Numbered(number, 16);

    private static byte[] Numbered(int number, int length)
    {
        var bytes = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(length - sizeof(int)), number);
        return bytes;
    }
}
