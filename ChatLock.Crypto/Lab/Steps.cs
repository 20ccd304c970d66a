using System.Collections;

namespace ChatLock.Crypto.Lab;

/// <summary>The steps of a computation in the order they ran: a list that compares by content, so the traces that
/// hold one do too.</summary>
/// <remarks>INSECURE: steps of a lesson contain its keys.</remarks>
public sealed class Steps<T> : IReadOnlyList<T>, IEquatable<Steps<T>>
{
    private readonly T[] _steps;

    /// <summary>Copies the steps.</summary>
    /// <param name="steps">Any number.</param>
    public Steps(IEnumerable<T> steps) => _steps = [.. steps];

    /// <inheritdoc/>
    public int Count => _steps.Length;

    /// <inheritdoc/>
    public T this[int index] => _steps[index];

    /// <inheritdoc/>
    public bool Equals(Steps<T>? other) => other is not null && _steps.AsSpan().SequenceEqual(other._steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Steps<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var step in _steps)
            hash.Add(step);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_steps).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
