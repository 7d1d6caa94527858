using Parley.Sfu.Rooms;

namespace Parley.Simulation.Receivers;

/// <summary>Whose pictures or sound a slot carries, as the control plane was told: from which timestamp on.</summary>
public sealed class SlotNames
{
    private readonly List<(SourceId Source, uint From)> _names = [];

    /// <summary>The latest; null while the slot is empty.</summary>
    public SourceId? Current { get; private set; }

    /// <summary>How often it changed to somebody.</summary>
    public int Changes => _names.Count;

    /// <summary>Notes a change.</summary>
    public void Change(SourceId? source, uint from)
    {
        Current = source;
        if (source is { } somebody)
            _names.Add((somebody, from));
    }

    /// <summary>Whose a packet with this timestamp is; null when nobody was named yet.</summary>
    public SourceId? At(uint timestamp)
    {
        for (int i = _names.Count - 1; i >= 0; i--)
        {
            if ((int)(timestamp - _names[i].From) >= 0)
                return _names[i].Source;
        }

        return null;
    }
}
