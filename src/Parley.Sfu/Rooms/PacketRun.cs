using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Packets of one layer that were received together, most often a frame's. They are forwarded subscriber by subscriber: one's state and cipher are fetched into the processor's cache once for all of
/// them, and all go to one destination as one run, which the shell may send before the next subscriber's turn.
/// </summary>
public sealed class PacketRun
{
    /// <summary>The most packets in a run.</summary>
    public const int Capacity = 32;

    // Their state, some 3 kB each, fits into the first cache beside the packets.
    private const int TouchedAtOnce = 8;

    private readonly RoomContext _context;
    private readonly ReceivedPacket[] _packets = new ReceivedPacket[Capacity];
    private Publication? _publication;
    private LayerStream? _layer;
    private Room? _forwarding;
    private int _count;
    private long _touched;

    /// <summary>Makes an empty run over the buffers of a shard.</summary>
    public PacketRun(RoomContext context)
    {
        _context = context;
        for (int i = 0; i < Capacity; i++)
            _packets[i] = new ReceivedPacket(context.Pool);
    }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Where the next packet is read into; not before <see cref="Takes"/>.</summary>
    public ReceivedPacket Next => _packets[_count];

    /// <summary>Whether a packet of this layer can be added.</summary>
    public bool Takes(LayerStream layer) => _count == 0 || (ReferenceEquals(_layer, layer) && _count < Capacity);

    /// <summary>Adds <see cref="Next"/>; its buffer is kept until it is forwarded.</summary>
    public void Add(Publication publication, LayerStream layer)
    {
        _publication = publication;
        _layer = layer;
        _context.Pool.Keep(_packets[_count++].Slot);
    }

    /// <summary>Forwards what waits.</summary>
    public void Forward<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        _forwarding = _publication!.Room;
        try
        {
            if (SourceOf(_publication) is { } source)
                Forward(source, _forwarding, ref sink);
            _forwarding = null;
        }
        finally
        {
            Release();
        }
    }

    /// <summary>The room whose packets were being forwarded when a fault came between, told once; null when it was not then.</summary>
    public Room? TakeFaultyRoom()
    {
        Room? room = _forwarding;
        _forwarding = null;
        return room;
    }

    private void Release()
    {
        for (int i = 0; i < _count; i++)
            _context.Pool.Release(_packets[i].Slot);
        _count = 0;
        _publication = null;
        _layer = null;
    }

    // Null when the packets are not to be forwarded.
    private Source? SourceOf(Publication publication)
    {
        if (publication.Source is null && !publication.Room.TryStart(publication, _packets[0].Arrival))
            return Drop(DropReason.Superseded);
        return publication.IsMuted ? Drop(DropReason.Muted) : publication.Source;
    }

    private Source? Drop(DropReason reason)
    {
        for (int i = 0; i < _count; i++)
            _context.Drops.Count(reason);
        return null;
    }

    private void Forward<TSink>(Source source, Room room, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        LayerStream layer = _layer!;
        ReadOnlySpan<ReceivedPacket> packets = _packets.AsSpan(0, _count);
        foreach (ReceivedPacket packet in packets)
        {
            if (packet.PayloadLength == 0)
                _context.Drops.Count(DropReason.PaddingOnly);
            else if (source.Kind == MediaKind.Audio)
                room.Speakers.OnPacket(source, packet);
        }

        ReadOnlySpan<AssignedSlot> slots = source.ListenersOf(layer.Index);
        for (int i = 0; i < slots.Length; i++)
        {
            if (i % TouchedAtOnce == 0)
                Touch(slots.Slice(i, Math.Min(TouchedAtOnce, slots.Length - i)));
            sink.Pace();
            foreach (ReceivedPacket packet in packets)
                Forward(packet, layer, source, slots[i], room, ref sink);
        }

        room.Settle(packets[^1].Arrival);
    }

    private void Touch(ReadOnlySpan<AssignedSlot> slots)
    {
        long sum = 0;
        foreach (AssignedSlot slot in slots)
            sum += slot.Slot.Touch();
        _touched = sum;
    }

    private static void Forward<TSink>(ReceivedPacket packet, LayerStream layer, Source source, AssignedSlot slot, Room room, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (packet.PayloadLength == 0)
        {
            // Noted as arrived; it leaves no hole in what the subscriber gets.
            slot.Slot.Skip(packet, layer);
            return;
        }

        SlotOutcome outcome = slot.Slot.Forward(packet, layer, ref sink);
        if (outcome != SlotOutcome.Sent)
            room.OnOutcome(slot, source, outcome, packet.Arrival);
    }
}
