using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ChatLock.Crypto.Classic;
using ChatLock.Crypto.Sealing;
using ChatLock.Crypto.Signing;
using ChatLock.Crypto.Suites;

namespace ChatLock.Bench.Micro;

/// <summary>One figure: so much of a unit, as one thread does it.</summary>
internal sealed record Speed(string What, double Value, string Unit);

/// <summary>The ciphers alone, on one thread: DES with and without its trace, and a message of each suite.</summary>
internal static class CryptoSpeed
{
    private const int DesBytes = 64 * 1024;
    private const int TextBytes = 200;
    private static readonly TimeSpan EachFor = TimeSpan.FromSeconds(2);

    public static IEnumerable<Speed> Measure() => [.. Des(), .. Signatures(), .. SuiteList.All.SelectMany(Of)];

    private static IEnumerable<Speed> Des()
    {
        var key = DesKey.Derive((_, bytes) => RandomNumberGenerator.Fill(bytes));
        var source = RandomNumberGenerator.GetBytes(DesBytes);
        var target = new byte[DesBytes];
        var perSecond = Rate(() => DesEcb.EncryptBlocks(key.Schedule, source, target));
        yield return new Speed("DES, untraced", perSecond * DesBytes / 1e6, "MB/s");

        var keyBits = BitConverter.ToUInt64(key.Bytes.Span);
        ulong block = 0;
        perSecond = Rate(() =>
        {
            var trace = new Trace();
            for (var i = 0; i < DesBytes / 8; i++)
                block = TracedDes.Run(keyBits, block, DesDirection.Encrypt, ref trace);
            if (trace.Values == 0)
                throw new InvalidOperationException("nothing was traced");
        });
        yield return new Speed("DES, every intermediate value reported", perSecond * DesBytes / 1e6, "MB/s");
    }

    private static IEnumerable<Speed> Signatures()
    {
        using var key = SigningKey.Generate();
        var data = RandomNumberGenerator.GetBytes(TextBytes);
        var signature = key.Sign(data);
        yield return new Speed("sign", 1e6 / Rate(() => key.Sign(data)), "µs");
        yield return new Speed("verify", 1e6 / Rate(() => key.PublicKey.Verify(data, signature)), "µs");
    }

    private static IEnumerable<Speed> Of(Suite suite)
    {
        using var sender = SigningKey.Generate();
        using var receiver = AgreementKey.Generate();
        var secret = RoomSecret.Generate();
        var text = Encoding.ASCII.GetBytes(new string('x', TextBytes));
        var header = new MessageHeader(
            MessageKind.Post, RandomNumberGenerator.GetBytes(32), sender.PublicKey.Fingerprint, RandomNumberGenerator.GetBytes(16), 1);
        var post = suite.SealForRoom(secret, sender, header, text);
        yield return new Speed($"{suite.Name}: a post encrypted and signed", 1e6 / Rate(() => suite.SealForRoom(secret, sender, header, text)), "µs");
        yield return new Speed($"{suite.Name}: a post verified and decrypted", 1e6 / Rate(() => suite.OpenFromRoom(secret, sender.PublicKey, header, post)), "µs");

        var toOne = header with { Kind = MessageKind.Private };
        var message = suite.SealForPeer(receiver.PublicPoint, sender, toOne, text);
        yield return new Speed($"{suite.Name}: a private message encrypted and signed", 1e6 / Rate(() => suite.SealForPeer(receiver.PublicPoint, sender, toOne, text)), "µs");
        yield return new Speed($"{suite.Name}: a private message verified and decrypted", 1e6 / Rate(() => suite.OpenFromPeer(receiver, sender.PublicKey, toOne, message)), "µs");
    }

    /// <summary>How often a second, after a warm-up of a quarter of the time.</summary>
    private static double Rate(Action once)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < EachFor / 4)
            once();
        watch.Restart();
        var count = 0;
        for (; watch.Elapsed < EachFor; count++)
            once();
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Takes every value, so that none can be optimised away.</summary>
    private struct Trace : IDesTraceSink
    {
        public ulong Values;

        public void KeyChosen(ulong key, uint c0, uint d0) => Values += key ^ c0 ^ d0;

        public void RoundKeyMade(in DesKeyStep step) => Values += step.RoundKey ^ step.C ^ step.D;

        public void BlockPermuted(ulong block, uint left, uint right) => Values += block ^ left ^ right;

        public void RoundDone(in DesRoundStep step) => Values +=
            step.RoundKey ^ step.Expanded ^ step.Mixed ^ step.Substituted ^ step.Permuted ^ step.Combined ^ step.Left ^ step.Right;

        public void BlockDone(ulong preoutput, ulong output) => Values += preoutput ^ output;
    }
}
