using ChatLock.Protocol.Identity;
using ChatLock.Protocol.Names;

namespace ChatLock.Client.Pins;

/// <summary>Names as the client compares and shows them.</summary>
internal static class PeerName
{
    /// <summary>The form under which two spellings of one name are the same.</summary>
    public static string Key(string name) => UserName.TryParse(name, out var parsed, out _) ? parsed.CaseMapped : name;

    /// <summary>What a member is called here: its name, or its key's short form where the server calls it something
    /// that can't be a name. The # can't be in a name, so nobody can pass for the other.</summary>
    public static string Shown(string name, Fingerprint key) =>
        UserName.TryParse(name, out var parsed, out _) ? parsed.Text : $"#{key}";
}
