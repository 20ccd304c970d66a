using System.Reflection;

namespace ChatLock.Gateway;

/// <summary>What this program calls itself.</summary>
public static class Software
{
    public static string Version { get; } =
        typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static string NameAndVersion { get; } = $"ChatLock {Version}";
}
