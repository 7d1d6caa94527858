namespace Parley.Sfu.Relays;

/// <summary>The count of one end of a link from which births, versions and handles come: one for all rows, so that a row joined again begins after all that it ever said.</summary>
public sealed class RelayRevision
{
    private uint _last;

    /// <summary>The next number; never 0.</summary>
    public uint Next() => ++_last;
}
