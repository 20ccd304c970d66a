using ChatLock.Checker.History;
using ChatLock.Protocol.Names;

namespace ChatLock.Checker.Checking;

/// <summary>Whether a name is ever held by two keys.</summary>
/// <remarks>A client holds a name for certain from when it was told so until it sets out to give it up. The true time is
/// longer, so an overlap of these is one of those. Names are compared as the gateway compares them.</remarks>
internal sealed class NameChecks
{
    private readonly Dictionary<(string Clock, string Name), List<Change>> _changes = [];

    public void Held(string name, ClientLedger client, long at, RecordPlace place) => Add(name, client, at, isHeld: true, place);

    public void Released(string name, ClientLedger client, long at, RecordPlace place) => Add(name, client, at, isHeld: false, place);

    public void Judge(Findings findings, Func<RecordPlace, string> where)
    {
        foreach (var ((_, name), changes) in _changes)
        {
            Change? holder = null;
            // At one moment who gives up comes before who takes.
            foreach (var change in changes.OrderBy(change => change.At).ThenBy(change => change.IsHeld))
            {
                if (!change.IsHeld)
                    holder = holder?.Client == change.Client ? null : holder;
                else if (holder is { } first && first.Client != change.Client)
                    findings.Add(new Violation.NameHeldTwice(name, first.Client.Key, change.Client.Key,
                        $"\"{name}\" is given to {change.Client.Key} ({where(change.Place)}) while {first.Client.Key} holds it ({where(first.Place)})."));
                else
                    holder = change;
            }
        }
    }

    private void Add(string name, ClientLedger client, long at, bool isHeld, RecordPlace place)
    {
        var key = (client.Clock, UserName.TryParse(name, out var parsed, out _) ? parsed.CaseMapped : name);
        if (!_changes.TryGetValue(key, out var changes))
            _changes.Add(key, changes = []);
        changes.Add(new Change(at, client, isHeld, place));
    }

    private readonly record struct Change(long At, ClientLedger Client, bool IsHeld, RecordPlace Place);
}
