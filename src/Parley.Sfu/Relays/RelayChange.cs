namespace Parley.Sfu.Relays;

/// <summary>One thing that a row tells its other end, with the version at which it changed last; a node of a <see cref="RelayLog"/>.</summary>
public sealed class RelayChange
{
    private RelayChange(RelayChangeKind kind, uint handle, RelayOutlet? outlet, RelayInlet? inlet)
    {
        Kind = kind;
        Handle = handle;
        Outlet = outlet;
        Inlet = inlet;
    }

    /// <summary>What it says.</summary>
    public RelayChangeKind Kind { get; }

    /// <summary>The offer that it is about.</summary>
    public uint Handle { get; }

    /// <summary>What is offered.</summary>
    public RelayOutlet? Outlet { get; }

    /// <summary>What is wanted.</summary>
    public RelayInlet? Inlet { get; }

    /// <summary>When it changed last.</summary>
    public uint Version { get; set; }

    internal RelayChange? Previous { get; set; }

    internal RelayChange? Next { get; set; }

    /// <summary>Says what is offered.</summary>
    public static RelayChange Offer(RelayOutlet outlet) => new(RelayChangeKind.Offer, outlet.Handle, outlet, null);

    /// <summary>Says that an offer is no more.</summary>
    public static RelayChange Gone(uint handle) => new(RelayChangeKind.Gone, handle, null, null);

    /// <summary>Says what is wanted.</summary>
    public static RelayChange Want(RelayInlet inlet) => new(RelayChangeKind.Want, inlet.Handle, null, inlet);

    /// <summary>Writes it as it is now; false when there is no room.</summary>
    public bool TryWrite(ref RelayChangesWriter writer) => Kind switch
    {
        RelayChangeKind.Offer => writer.TryWrite(Outlet!.Describe()),
        RelayChangeKind.Want => writer.TryWriteWant(Handle, (byte)Inlet!.Wanted),
        _ => writer.TryWriteGone(Handle),
    };
}
