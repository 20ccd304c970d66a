using ChatLock.Client;
using ChatLock.Protocol.Rooms;
using ChatLock.Protocol.Wire;

namespace ChatLock.ConsoleClient.Input;

/// <summary>A room that we are in, as the terminal calls it.</summary>
/// <param name="Id">What commands name it by; <c>null</c>: the lobby.</param>
/// <param name="Label">Foreign text in part, and no other room's.</param>
/// <param name="Topic">Foreign text; <c>null</c>: none.</param>
/// <param name="IsGone">Whether we were sent out of it: nothing can be said there.</param>
internal sealed record KnownRoom(string? Id, string Label, string? Topic, bool IsGone = false);

/// <summary>Which rooms we are in, what they are called here, and in which one a typed line is said.</summary>
/// <remarks>Not a value: the mode's own. It follows the events. Labels: <c>lobby</c>; <c>#name</c> of open rooms; <c>~title</c> of sealed
/// ones, whose titles are foreign and may be alike. Names of people hold neither sign, so none can pass for another.</remarks>
internal sealed class RoomBook
{
    /// <summary>Labels of left rooms that are remembered.</summary>
    public const int LabelsMax = 1_000;

    private const string LobbyLabel = "lobby";
    private static readonly KnownRoom Lobby = new(null, LobbyLabel, null);
    private readonly List<KnownRoom> _rooms = [Lobby];
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    /// <summary>In the order of entering, the lobby first: their numbers count from 1.</summary>
    public IReadOnlyList<KnownRoom> All => _rooms;

    /// <summary>Where a typed line is said.</summary>
    public KnownRoom Current { get; private set; } = Lobby;

    /// <summary>What a room is called here, also after it was left.</summary>
    public string LabelOf(string? id) => id is null || id == RoomId.Lobby.Text
        ? LobbyLabel
        : _labels.GetValueOrDefault(id) ?? id;

    /// <summary>A room by its number, its label, or its name without the sign.</summary>
    public KnownRoom? Find(string typed)
    {
        var wanted = typed.Trim();
        if (int.TryParse(wanted, out var number))
            return number >= 1 && number <= _rooms.Count ? _rooms[number - 1] : null;
        return _rooms.Find(room => room.Label.Equals(wanted, StringComparison.OrdinalIgnoreCase) || room.Id == wanted)
            ?? _rooms.Find(room => room.Id is not null && room.Label[1..].Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    public void Switch(KnownRoom room) => Current = _rooms.Find(known => known.Id == room.Id) ?? Lobby;

    /// <summary>Follows what happened, before it is shown.</summary>
    public void On(ClientEvent happened)
    {
        switch (happened)
        {
            case ClientEvent.RoomEntered { Room: var view } entered:
                Enter(view, goesThere: !entered.IsAgain);
                break;
            case ClientEvent.RoomLeft left:
                Leave(left);
                break;
            case ClientEvent.TopicChanged { Unreadable: null } changed:
                Replace(changed.Room, room => room with { Topic = changed.Topic });
                break;
        }
    }

    /// <remarks>Who is sent out stays where they were until they go elsewhere: what is being typed for that room must not be said in
    /// another one.</remarks>
    private void Leave(ClientEvent.RoomLeft left)
    {
        _rooms.RemoveAll(room => room.Id == left.Id);
        if (Current.Id != left.Id)
            return;
        if (left.Code == "left")
            Current = Lobby;
        else
            Current = Current with { IsGone = true };
    }

    private void Enter(RoomView view, bool goesThere)
    {
        if (!_labels.TryGetValue(view.Id, out var label))
        {
            label = Unused(view);
            if (_labels.Count < LabelsMax)
                _labels.Add(view.Id, label);
        }
        var room = new KnownRoom(view.Id, label, view.Topic);
        if (_rooms.Exists(known => known.Id == view.Id))
            Replace(view.Id, _ => room);
        else
            _rooms.Add(room);
        if (goesThere)
            Switch(room);
    }

    private string Unused(RoomView view)
    {
        var plain = view.Kind == RoomKind.Sealed && !view.DisplayName.StartsWith('~') ? "~" + view.DisplayName : view.DisplayName;
        return _labels.Values.Contains(plain, StringComparer.OrdinalIgnoreCase) ? $"{plain}{view.Id[..Math.Min(9, view.Id.Length)]}" : plain;
    }

    private void Replace(string id, Func<KnownRoom, KnownRoom> change)
    {
        var at = _rooms.FindIndex(room => room.Id == id);
        if (at < 0)
            return;
        _rooms[at] = change(_rooms[at]);
        if (Current.Id == id)
            Switch(_rooms[at]);
    }
}
