using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Lab;
using CsCheck;

namespace ChatLock.Crypto.Tests.Classic;

public sealed class TracedDesTests
{
    [Fact]
    public void Every_round_follows_from_the_one_before() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Bool).Sample((key, block, isEncrypting) =>
        {
            var trace = DesTrace.Of(key, block, isEncrypting ? DesDirection.Encrypt : DesDirection.Decrypt);
            var (left, right) = (trace.L0, trace.R0);
            foreach (var step in trace.Rounds)
            {
                var keyNumber = isEncrypting ? step.Round : 17 - step.Round;
                Assert.Equal(trace.KeySteps[keyNumber - 1].RoundKey, step.RoundKey);
                Assert.Equal(step.Expanded ^ step.RoundKey, step.Mixed);
                Assert.Equal(step.Permuted ^ left, step.Combined);
                Assert.Equal((right, step.Combined), (step.Left, step.Right));
                (left, right) = (step.Left, step.Right);
            }

            Assert.Equal(((ulong)right << 32) | left, trace.Preoutput);
        });

    [Fact]
    public void Rounds_and_key_steps_are_counted_from_1_to_16()
    {
        var trace = DesTrace.Of(0x133457799BBCDFF1, 0, DesDirection.Decrypt);

        Assert.Equal(Enumerable.Range(1, 16), trace.Rounds.Select(step => step.Round));
        Assert.Equal(Enumerable.Range(1, 16), trace.KeySteps.Select(step => step.Round));
        Assert.Equal(28, trace.KeySteps.Sum(step => step.Rotation));
    }

    [Fact]
    public void The_halves_of_the_key_are_back_where_they_were_after_the_last_rotation() =>
        Gen.ULong.Sample(key =>
        {
            var trace = DesTrace.Of(key, 0, DesDirection.Encrypt);
            Assert.Equal((trace.C0, trace.D0), (trace.KeySteps[15].C, trace.KeySteps[15].D));
        });

    [Fact]
    public void Traces_of_the_same_computation_are_equal()
    {
        var trace = DesTrace.Of(1, 2, DesDirection.Encrypt);

        Assert.Equal(DesTrace.Of(1, 2, DesDirection.Encrypt), trace);
        Assert.Equal(DesTrace.Of(1, 2, DesDirection.Encrypt).GetHashCode(), trace.GetHashCode());
        Assert.NotEqual(DesTrace.Of(4, 2, DesDirection.Encrypt), trace);
    }

    [Fact]
    public void Neither_core_allocates_for_a_block()
    {
        var schedule = new DesKeySchedule([0x13, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1]);
        var sink = default(Digest);
        RunBoth(schedule, ref sink);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            RunBoth(schedule, ref sink);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0UL, sink.Sum);
    }

    private static void RunBoth(DesKeySchedule schedule, ref Digest sink) => TracedDes.Run(
        0x133457799BBCDFF1, Des.EncryptBlock(schedule, sink.Sum), DesDirection.Encrypt, ref sink);

    private struct Digest : IDesTraceSink
    {
        public ulong Sum;

        public void KeyChosen(ulong key, uint c0, uint d0) => Sum += key;
        public void RoundKeyMade(in DesKeyStep step) => Sum += step.RoundKey;
        public void BlockPermuted(ulong block, uint left, uint right) => Sum += block;
        public void RoundDone(in DesRoundStep step) => Sum += step.Mixed;
        public void BlockDone(ulong preoutput, ulong output) => Sum += output;
    }
}
