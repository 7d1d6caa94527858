namespace Parley.Sfu.Slots;

/// <summary>An outgoing sequence number held for one packet until it was sent (<see cref="SequenceMunger.Commit"/>) or not (then nothing is to be undone).</summary>
/// <param name="Source">The packet's extended sequence number in its layer.</param>
/// <param name="Outgoing">Its extended sequence number in the slot's stream.</param>
/// <param name="IsSwitch">Whether it is the first packet of a new source.</param>
public readonly record struct SequenceReservation(long Source, long Outgoing, bool IsSwitch);
