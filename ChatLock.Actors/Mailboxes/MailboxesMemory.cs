using Akka.Actor;
using ChatLock.Protocol.Identity;

namespace ChatLock.Actors.Mailboxes;

/// <summary>What the parent of all mailboxes knows; kept outside it, so that a restart loses nothing.</summary>
public sealed class MailboxesMemory
{
    /// <summary>Closed and empty mailboxes of keys without a connection whose place is remembered; others are read again when needed.</summary>
    public const int RestingMax = 50_000;

    private readonly Dictionary<Fingerprint, Mailbox> _all = [];
    private readonly Dictionary<IActorRef, Mailbox> _byActor = [];

    internal Chores Chores { get; } = new();

    internal int OpenCount => _byActor.Count;

    internal IEnumerable<Mailbox> AllOpen => _byActor.Values.Where(box => box.IsOpen);

    internal Mailbox? Of(Fingerprint key) => _all.GetValueOrDefault(key);

    internal Mailbox Add(Fingerprint key) => _all[key] = new Mailbox(key);

    internal void Open(Mailbox box, IActorRef actor)
    {
        _byActor.Add(actor, box);
        box.Opened(actor);
    }

    internal Mailbox? Stopped(IActorRef actor)
    {
        if (_byActor.Remove(actor, out var box))
            box.Stopped();
        return box;
    }

    /// <summary>Nobody reads it and nothing is under way: it is forgotten, unless where it stands is worth remembering.</summary>
    internal void ForgetIfResting(Mailbox box)
    {
        if (box.IsClosed && box.Session is null && !box.IsAsked && !box.HasHeld && (box.Rest is null || _all.Count > RestingMax))
            Forget(box);
    }

    internal void Forget(Mailbox box) => _all.Remove(box.Key);
}

/// <summary>Mailboxes that somebody has to look at though nobody uses them: a few at a time.</summary>
internal sealed class Chores
{
    /// <summary>Under way at once.</summary>
    public const int AtOnce = 8;

    /// <summary>In line. One more is left out: what is in that mailbox stays on the disk until its key comes again.</summary>
    public const int WaitingMax = 200_000;

    private readonly Queue<Fingerprint> _line = new();
    private readonly Dictionary<Fingerprint, bool> _waiting = [];
    private readonly HashSet<Fingerprint> _underWay = [];

    /// <summary>Everything in it is to be deleted.</summary>
    public void Erase(Fingerprint key) => Add(key, erase: true);

    /// <summary>What is too old in it is to be deleted.</summary>
    public void LookAt(Fingerprint key) => Add(key, erase: false);

    /// <summary>Somebody uses it again.</summary>
    public void Forget(Fingerprint key) => _waiting.Remove(key);

    public bool TryNext(out Fingerprint key, out bool erase)
    {
        (key, erase) = (default, false);
        while (_underWay.Count < AtOnce && _line.TryDequeue(out key))
        {
            if (_waiting.Remove(key, out erase) && _underWay.Add(key))
                return true;
        }

        return false;
    }

    public int Count => _line.Count;

    public void Done(Fingerprint key) => _underWay.Remove(key);

    /// <summary>Not yet: it is being used.</summary>
    public void Again(Fingerprint key)
    {
        Done(key);
        Erase(key);
    }

    private void Add(Fingerprint key, bool erase)
    {
        if (_waiting.TryGetValue(key, out var erases))
            _waiting[key] = erases || erase;
        else if (_line.Count < WaitingMax)
        {
            _waiting.Add(key, erase);
            _line.Enqueue(key);
        }
    }
}
