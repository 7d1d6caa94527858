namespace Parley.Sfu.Slots;

/// <summary>An outgoing timestamp held for one packet until it was sent (<see cref="TimestampMunger.Commit"/>).</summary>
/// <param name="Outgoing">The extended timestamp in the slot's stream.</param>
/// <param name="Offset">What was added to the source's timestamp; from the commit of a switch on, the source's offset.</param>
/// <param name="Origin">Which of the three timestamps a switch chose.</param>
public readonly record struct TimestampReservation(long Outgoing, long Offset, TimestampOrigin Origin);
