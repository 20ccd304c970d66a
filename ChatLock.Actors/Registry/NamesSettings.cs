namespace ChatLock.Actors.Registry;

/// <summary>How long names are kept for keys that are away. HOCON/reference.conf, chatlock.names.</summary>
public sealed record NamesSettings
{
    /// <summary>After a session is over; zero: not at all.</summary>
    public TimeSpan ReserveFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Names kept for keys without a session. When there are as many, a further one is free as soon as its session is over.</summary>
    public int ReservedMax { get; init; } = 50_000;

    public static NamesSettings Read(SettingsReader settings) => new()
    {
        ReserveFor = settings.Duration("names.reserve-for", TimeSpan.Zero, TimeSpan.FromDays(365)),
        ReservedMax = settings.Int("names.reserved-max", 0, 200_000),
    };
}
