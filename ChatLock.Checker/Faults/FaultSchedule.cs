namespace ChatLock.Checker.Faults;

/// <summary>Decides which faults meet a connection, from the seed, its number and the direction alone.</summary>
/// <remarks>By bytes and not by time: how a network cuts a stream differs from run to run, the stream itself doesn't.</remarks>
public static class FaultSchedule
{
    private const int BytesPerKiB = 1_024;
    private const int StretchMaxBytes = 4 * BytesPerKiB;
    private const int CrumbMaxBytes = 7;
    private const int DripMaxBytes = 512;
    private static readonly TimeSpan DripLongest = TimeSpan.FromMilliseconds(20);

    /// <summary>Faults by rising offset, without end; none if every rate is 0.</summary>
    public static IEnumerable<ScheduledFault> Of(FaultSettings settings, int connection, FaultDirection direction)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var dice = new Dice(settings.Seed, (ulong)connection * 2 + (ulong)direction);
        var offset = 0L;
        while (settings.Total > 0)
        {
            // The distance between things that happen by chance at a steady rate.
            offset += 1 + (long)(-Math.Log(1 - dice.Fraction()) / settings.Total * BytesPerKiB);
            yield return new ScheduledFault(offset, Next(settings, dice));
        }
    }

    private static Fault Next(FaultSettings settings, Dice dice)
    {
        var at = dice.Fraction() * settings.Total;
        if ((at -= settings.Cut) < 0)
            return new Fault.Cut();
        if ((at -= settings.Stall) < 0)
            return new Fault.Stall(dice.Time(settings.StallLongest), BothWays: dice.Between(0, 1) == 0);
        if ((at -= settings.Delay) < 0)
            return new Fault.Delay(dice.Time(settings.DelayLongest), dice.Between(1, StretchMaxBytes));
        if ((at -= settings.Drip) < 0)
            return new Fault.Drip(dice.Between(1, CrumbMaxBytes), dice.Time(DripLongest), dice.Between(1, DripMaxBytes));
        if ((at -= settings.HalfClose) < 0)
            return new Fault.HalfClose();
        return settings.Corrupt > 0 ? new Fault.Corrupt((byte)dice.Between(1, 255)) : new Fault.Cut();
    }

    /// <summary>SplitMix64: the same numbers on every platform and in every version.</summary>
    private sealed class Dice(ulong seed, ulong stream)
    {
        private ulong _state = unchecked((seed ^ (stream * 0xD1B54A32D192ED03)) * 0x9E3779B97F4A7C15);

        /// <summary>From 0 to below 1.</summary>
        public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

        public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

        /// <summary>From a tenth of the longest time to the longest.</summary>
        public TimeSpan Time(TimeSpan longest) => longest * (0.1 + (0.9 * Fraction()));

        private ulong Next()
        {
            unchecked
            {
                var mixed = _state += 0x9E3779B97F4A7C15;
                mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return mixed ^ (mixed >> 31);
            }
        }
    }
}
