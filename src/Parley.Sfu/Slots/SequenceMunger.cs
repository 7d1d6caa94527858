using Parley.Rtc.Primitives;

namespace Parley.Sfu.Slots;

/// <summary>
/// Gives a slot's stream sequence numbers without a hole for what was not forwarded, over source switches (RFC 3550 section 5.1; extended 64-bit numbers).
/// Numbers are reserved, then committed once the packet was sent: what was not sent needs no undoing.
/// </summary>
/// <remarks>
/// <code>
/// state   | input                              | effect                                               | next
/// Idle    | reserve, drop                      | none: false                                          | Idle
/// Idle    | commit of a switch                 | the source begins at the first number                | Mapping
/// Mapping | reserve of a number not dropped    | the number with its interval's offset                | Mapping
/// Mapping | reserve of a dropped or older one  | false                                                | Mapping
/// Mapping | commit                             | the highest number grows                             | Mapping
/// Mapping | drop of a number newer than all    | the following numbers move up by one                 | Mapping
/// Mapping | drop of an older number            | false: a hole stays                                  | Mapping
/// Mapping | commit of a switch                 | new epoch, after the highest with a gap of one number | Mapping
/// </code>
/// Each packet is offered once: duplicates are removed where the layer is received.
/// </remarks>
public sealed class SequenceMunger
{
    /// <summary>Numbers left out at a source switch, so that the receiver knows the former source's last frame may lack its tail.</summary>
    public const int SwitchGap = 1;

    /// <summary>How many intervals are remembered by default: about 4 s of a stream that drops every second frame.</summary>
    public const int DefaultCapacity = 64;

    private readonly IntervalMap _map;

    /// <summary>Makes a munger that begins at a random number below 2^15, so that a receiver that joins late guesses roll-over counter 0 (RFC 3711 section 3.3.1).</summary>
    public SequenceMunger(IEntropy entropy, int capacity = DefaultCapacity)
        : this(entropy.NextUInt32() & 0x7FFF, capacity)
    {
    }

    /// <summary>Makes a munger that begins at <paramref name="firstOutgoing"/>.</summary>
    public SequenceMunger(long firstOutgoing, int capacity = DefaultCapacity) => _map = new IntervalMap(capacity, firstOutgoing);

    /// <summary>The number of source switches committed; packets of former epochs can be reversed but not reserved.</summary>
    public int Epoch => _map.Epoch;

    /// <summary>The number after the highest one given away.</summary>
    public long NextOutgoing => _map.NextOutgoing;

    /// <summary>Reserves the number of a packet of the current source; false when it was dropped, is too old or there is no source.</summary>
    public bool TryReserve(long source, out SequenceReservation reservation)
    {
        bool mapped = _map.TryMap(source, out long outgoing);
        reservation = new SequenceReservation(source, outgoing, IsSwitch: false);
        return mapped;
    }

    /// <summary>Reserves the number of the first packet of a new source (or of the same one after a pause).</summary>
    public SequenceReservation ReserveSwitch(long firstSource, int gap = SwitchGap) =>
        new(firstSource, _map.FirstOutgoingAfterSwitch(gap), IsSwitch: true);

    /// <summary>Notes that the reserved packet was sent. A reservation is only valid until the next commit or drop.</summary>
    public void Commit(in SequenceReservation reservation)
    {
        if (reservation.IsSwitch)
            _map.Switch(reservation.Source, reservation.Outgoing);
        else
            _map.Commit(reservation.Source);
    }

    /// <summary>
    /// Notes that a packet of the current source is not forwarded (a higher temporal layer, padding alone). True when the gap was closed: its number was newer than all before.
    /// Numbers missing before it keep their place.
    /// </summary>
    public bool Drop(long source) => _map.Drop(source);

    /// <summary>The packet that owns an outgoing number, and the epoch of its source; false when none does or it is too long ago.</summary>
    public bool TryReverse(long outgoing, out long source, out int epoch) => _map.TryReverse(outgoing, out source, out epoch);

    /// <summary>Reads what reserving reads; see <see cref="Slot.Touch"/>.</summary>
    public long Touch() => _map.Touch();
}
