namespace ChatLock.Actors;

/// <summary>
/// Holds an actor's state outside the actor, so that a restart after a bug goes on from the last state that was
/// decided whole. Safe because states are values and are replaced only after a decision succeeded.
/// </summary>
public sealed class StateCell<T>(T initial)
{
    public T Value { get; set; } = initial;
}
