using System.Globalization;

namespace ChatLock.ConsoleClient.Output;

/// <summary>The time of a message as it is shown: always where the user wants it, else where it comes late.</summary>
/// <param name="time">Now, and where we are.</param>
/// <param name="isAlways">Whether each message has it.</param>
internal sealed class MessageClock(TimeProvider time, bool isAlways)
{
    /// <summary>A message this old was sent while we were away. Shorter than that clocks differ.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);

    /// <returns>Empty: no time is shown.</returns>
    public string Show(DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        if (!isAlways && now - at < LateAfter)
            return "";
        var zone = time.LocalTimeZone;
        var (local, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        return local.ToString(local.Date == today.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
