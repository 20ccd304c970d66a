using ChatLock.Protocol.Identity;

namespace ChatLock.ConsoleClient.Output;

/// <summary>Colours on top of words, never instead of them.</summary>
internal sealed record Palette(bool IsOn)
{
    private const string Reset = "\e[0m";
    private static readonly int[] NameColours = [31, 32, 33, 34, 35, 36];

    public static Palette Off { get; } = new(IsOn: false);

    /// <summary>A name in the colour of its key.</summary>
    public string Name(string shown, Fingerprint key) =>
        IsOn ? $"\e[{NameColours[key.ToBytes()[0] % NameColours.Length]}m{shown}{Reset}" : shown;

    public string Warning(string text) => IsOn && text.Length > 0 ? $"\e[1;31m{text}{Reset}" : text;

    public string Quiet(string text) => IsOn && text.Length > 0 ? $"\e[2m{text}{Reset}" : text;
}
