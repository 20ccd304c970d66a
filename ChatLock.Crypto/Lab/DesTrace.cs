using ChatLock.Crypto.Classic;

namespace ChatLock.Crypto.Lab;

/// <summary>Everything one DES block goes through, for people.</summary>
/// <param name="Direction">Encipher or decipher.</param>
/// <param name="Key">64 bits, big-endian, parity included.</param>
/// <param name="C0">Left half of the key after PC-1, 28 bits.</param>
/// <param name="D0">Right half, 28 bits.</param>
/// <param name="KeySteps">The sixteen steps of the key schedule, in enciphering order.</param>
/// <param name="Input">The block, 64 bits, big-endian.</param>
/// <param name="L0">Left half after IP, 32 bits.</param>
/// <param name="R0">Right half, 32 bits.</param>
/// <param name="Rounds">The sixteen rounds in the order they ran.</param>
/// <param name="Preoutput">R16 followed by L16, 64 bits.</param>
/// <param name="Output">The finished block, 64 bits, big-endian.</param>
/// <remarks>INSECURE: DES, and the trace contains the key. FIPS 46-3.</remarks>
public sealed record DesTrace(
    DesDirection Direction, ulong Key, uint C0, uint D0, Steps<DesKeyStep> KeySteps,
    ulong Input, uint L0, uint R0, Steps<DesRoundStep> Rounds, ulong Preoutput, ulong Output)
{
    /// <summary>Runs one block and keeps what it went through.</summary>
    /// <param name="key">64 bits, big-endian; any key.</param>
    /// <param name="input">The block, 64 bits, big-endian.</param>
    /// <param name="direction">Encipher or decipher.</param>
    public static DesTrace Of(ulong key, ulong input, DesDirection direction)
    {
        var recorder = new Recorder();
        TracedDes.Run(key, input, direction, ref recorder);
        return recorder.Trace(direction);
    }

    private sealed class Recorder : IDesTraceSink
    {
        private readonly List<DesKeyStep> _keySteps = [];
        private readonly List<DesRoundStep> _rounds = [];
        private (ulong Key, uint C0, uint D0) _key;
        private (ulong Block, uint L0, uint R0) _block;
        private (ulong Preoutput, ulong Output) _done;

        public void KeyChosen(ulong key, uint c0, uint d0) => _key = (key, c0, d0);

        public void RoundKeyMade(in DesKeyStep step) => _keySteps.Add(step);

        public void BlockPermuted(ulong block, uint left, uint right) => _block = (block, left, right);

        public void RoundDone(in DesRoundStep step) => _rounds.Add(step);

        public void BlockDone(ulong preoutput, ulong output) => _done = (preoutput, output);

        public DesTrace Trace(DesDirection direction) => new(
            direction, _key.Key, _key.C0, _key.D0, new(_keySteps),
            _block.Block, _block.L0, _block.R0, new(_rounds), _done.Preoutput, _done.Output);
    }
}
