namespace Parley.Net.Loops;

/// <summary>Tells a loop to end after its current turn.</summary>
internal sealed class StopFlag
{
    private volatile bool _raised;

    /// <summary>Whether the loop is to end.</summary>
    public bool IsRaised => _raised;

    /// <summary>Asks the loop to end; it must be woken afterwards.</summary>
    public void Raise() => _raised = true;
}
