namespace Parley.Routing.Planning;

/// <summary>
/// How much a search may still do, counted in looks at a person on a node (some nanoseconds each): a clock would make plans depend on the machine.
/// </summary>
internal sealed class Effort(long looks)
{
    private long _looks = looks;

    /// <summary>Whether anything is left.</summary>
    public bool Left => _looks > 0;

    public void Spend(long looks) => _looks -= looks;
}
