using Parley.Rtc.Primitives;

namespace Parley.Net.Linux;

/// <summary>
/// The committed datagrams of a flush, in a slab outside the heap, chained by destination in the order of their commit. <see cref="Build"/> turns what was committed since the last call into
/// messages; those stay, with the addresses and bytes they point to, until <see cref="Reset"/>.
/// </summary>
internal sealed unsafe class SendQueue : IDisposable
{
    /// <summary>The most datagrams between two resets; also the most messages that one <c>sendmmsg</c> takes (<c>UIO_MAXIOV</c>).</summary>
    internal const int MaximumDatagrams = 1024;

    /// <summary>The longest datagram.</summary>
    internal const int MaximumLength = 2048;

    // 1,500-byte datagrams throughout fill it before the last entry is used.
    private const int SlabBytes = MaximumDatagrams * 1536;
    private const int Alignment = 16;

    private readonly NativeArray<byte> _slab = new(SlabBytes);
    private readonly NativeArray<byte> _addresses = new(MaximumDatagrams * SocketAddressCodec.SpaceBytes);
    private readonly NativeArray<MultiMessage> _messages = new(MaximumDatagrams);
    private readonly NativeArray<IoVector> _vectors = new(MaximumDatagrams);
    private readonly NativeArray<SegmentControl> _controls = new(MaximumDatagrams);
    private readonly Entry[] _entries = new Entry[MaximumDatagrams];
    private readonly Group[] _groups = new Group[MaximumDatagrams];
    private readonly DestinationTable _table = new(MaximumDatagrams);
    private readonly bool _isIPv6;
    private int _offset;
    private int _entryCount;
    private int _groupCount;
    private int _builtGroups;
    private int _vectorCount;

    /// <summary>Makes a queue for a socket of this family.</summary>
    public SendQueue(bool isIPv6) => _isIPv6 = isIPv6;

    /// <summary>The longest run of datagrams in one message; 1 where the kernel does not cut runs.</summary>
    public int LongestRun { get; set; } = 1;

    /// <summary>Datagrams committed since the last reset.</summary>
    public int Count => _entryCount;

    /// <summary>Messages built since the last reset.</summary>
    public int MessageCount { get; private set; }

    /// <summary>The messages.</summary>
    public MultiMessage* Messages => _messages.Pointer;

    /// <summary>Whether something was committed that is not built yet.</summary>
    public bool HasUnbuilt => _builtGroups < _groupCount;

    /// <summary>Whether a datagram of this length fits.</summary>
    public bool HasRoom(int length) => _entryCount < MaximumDatagrams && _groupCount < MaximumDatagrams && _offset + length <= SlabBytes;

    /// <summary>The room for the next datagram, which the caller knows to be there.</summary>
    public Span<byte> Room(int length) => new(_slab.Pointer + _offset, length);

    /// <summary>Appends what was written into the room; false when the destination cannot be reached from this socket's family.</summary>
    public bool TryCommit(in TransportAddress destination, int length)
    {
        int group = _table.FindOrAdd(in destination, _groupCount);
        if (group == _groupCount)
            AddGroup(in destination);
        ref Group queue = ref _groups[group];
        if (queue.AddressLength == 0)
            return false;
        int entry = _entryCount++;
        _entries[entry] = new Entry { Offset = _offset, Length = length, Next = -1 };
        if (queue.First < 0)
            queue.First = entry;
        else
            _entries[queue.Last].Next = entry;
        queue.Last = entry;
        _offset += (length + Alignment - 1) & -Alignment;
        return true;
    }

    /// <summary>Turns what was committed into messages: destinations in the order of their first datagram.</summary>
    public void Build()
    {
        for (; _builtGroups < _groupCount; _builtGroups++)
            BuildGroup(_builtGroups);
        _table.Clear();
    }

    /// <summary>Forgets all, once every message is sent or dropped.</summary>
    public void Reset()
    {
        _table.Clear();
        _offset = _entryCount = _groupCount = _builtGroups = _vectorCount = MessageCount = 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _slab.Dispose();
        _addresses.Dispose();
        _messages.Dispose();
        _vectors.Dispose();
        _controls.Dispose();
    }

    private void AddGroup(in TransportAddress destination)
    {
        byte* address = _addresses.Pointer + (_groupCount * SocketAddressCodec.SpaceBytes);
        _groups[_groupCount++] = new Group { First = -1, AddressLength = SocketAddressCodec.Write(address, in destination, _isIPv6) };
    }

    private void BuildGroup(int index)
    {
        ref Group group = ref _groups[index];
        for (int entry = group.First; entry >= 0;)
        {
            MultiMessage* message = _messages.Pointer + MessageCount;
            message->Name = _addresses.Pointer + (index * SocketAddressCodec.SpaceBytes);
            message->NameLength = group.AddressLength;
            message->Vectors = _vectors.Pointer + _vectorCount;
            int segment = _entries[entry].Length;
            int run = AppendRun(ref entry);
            message->VectorCount = (nuint)run;
            message->Control = null;
            message->ControlLength = 0;
            if (run > 1)
                Segment(message, segment);
            MessageCount++;
        }
    }

    // A run is of equal lengths but for its last, which may be shorter: so the kernel cuts it where we joined it.
    private int AppendRun(ref int entry)
    {
        int segment = _entries[entry].Length;
        int longest = segment > SegmentLimits.MaximumSegment || segment == 0 ? 1 : Math.Min(LongestRun, SegmentLimits.MaximumRunBytes / segment);
        int run = 0;
        int length;
        do
        {
            ref Entry datagram = ref _entries[entry];
            length = datagram.Length;
            IoVector* vector = _vectors.Pointer + _vectorCount++;
            vector->Base = _slab.Pointer + datagram.Offset;
            vector->Length = (nuint)length;
            entry = datagram.Next;
            run++;
        }
        while (entry >= 0 && run < longest && length == segment && _entries[entry].Length <= segment);
        return run;
    }

    private void Segment(MultiMessage* message, int segment)
    {
        SegmentControl* control = _controls.Pointer + MessageCount;
        *control = SegmentControl.For(segment);
        message->Control = control;
        message->ControlLength = SegmentControl.SpaceBytes;
    }

    private struct Entry
    {
        internal int Offset;
        internal int Length;
        internal int Next;
    }

    private struct Group
    {
        internal int First;
        internal int Last;
        internal uint AddressLength;
    }
}
