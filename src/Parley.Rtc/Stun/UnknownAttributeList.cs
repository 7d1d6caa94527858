using System.Runtime.CompilerServices;

namespace Parley.Rtc.Stun;

/// <summary>The first few comprehension-required attribute types of a message that are not known here; more are counted in none.</summary>
public struct UnknownAttributeList
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 4;

    private Items _items;

    /// <summary>How many there are, at most <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The type at <paramref name="index"/>.</summary>
    public readonly ushort this[int index] => _items[index];

    /// <summary>Adds a type, unless the list is full.</summary>
    public void Add(ushort type)
    {
        if (Count < Capacity)
            _items[Count++] = type;
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private ushort _first;
    }
}
