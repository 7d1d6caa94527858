using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>The last layers that a slot forwarded, by the number that its journal knows them by, so that packets of a former one can still be sent again.</summary>
public sealed class SlotHistory
{
    private const int Capacity = 4;

    private readonly Entry[] _entries = new Entry[Capacity];
    private int _key;

    /// <summary>The number of the current layer; 0 before the first.</summary>
    public int Key => _key;

    /// <summary>Notes a switch to a layer.</summary>
    public void Switch(LayerStream layer, ushort frameOffset) =>
        _entries[++_key % Capacity] = new Entry { Layer = layer, Key = _key, Epoch = layer.Epoch, FrameOffset = frameOffset };

    /// <summary>Finds a layer by its number; false when it was too long ago or has begun anew since.</summary>
    public bool TryFind(int key, out LayerStream layer, out ushort frameOffset)
    {
        ref readonly Entry entry = ref _entries[key % Capacity];
        layer = entry.Layer!;
        frameOffset = entry.FrameOffset;
        return entry.Layer is not null && entry.Key == key && entry.Layer.Epoch == entry.Epoch;
    }

    private struct Entry
    {
        public LayerStream? Layer;
        public int Key;
        public int Epoch;
        public ushort FrameOffset;
    }
}
