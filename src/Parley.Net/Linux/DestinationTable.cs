using Parley.Rtc.Primitives;

namespace Parley.Net.Linux;

/// <summary>Finds the group of a destination within one flush: open addressing in an array twice as large as the groups can be, emptied by moving on to the next generation.</summary>
internal sealed class DestinationTable
{
    private readonly Place[] _places;
    private readonly int _mask;
    private uint _generation = 1;

    /// <summary>Makes a table for at most <paramref name="capacity"/> destinations, a power of two.</summary>
    public DestinationTable(int capacity)
    {
        _places = new Place[capacity * 2];
        _mask = _places.Length - 1;
    }

    /// <summary>The group of a destination; when it has none yet it gets <paramref name="newGroup"/>.</summary>
    public int FindOrAdd(in TransportAddress destination, int newGroup)
    {
        int index = destination.GetHashCode() & _mask;
        while (true)
        {
            ref Place place = ref _places[index];
            if (place.Generation != _generation)
            {
                place.Generation = _generation;
                place.Destination = destination;
                place.Group = newGroup;
                return newGroup;
            }

            if (place.Destination == destination)
                return place.Group;
            index = (index + 1) & _mask;
        }
    }

    /// <summary>Forgets all destinations.</summary>
    public void Clear()
    {
        if (++_generation != 0)
            return;
        Array.Clear(_places);
        _generation = 1;
    }

    private struct Place
    {
        internal TransportAddress Destination;
        internal uint Generation;
        internal int Group;
    }
}
