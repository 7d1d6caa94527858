namespace Parley.Sfu.Slots;

/// <summary>An outgoing timestamp held for one packet until it was sent (<see cref="TimestampMunger.Commit"/>).</summary>
/// <param name="Outgoing">The extended timestamp in the slot's stream.</param>
/// <param name="Offset">What was added to the source's timestamp in this packet.</param>
/// <param name="Origin">Which of the three timestamps a switch chose.</param>
/// <param name="Ahead">By how much it lies after the source's own instant, since timestamps never fall; that much of the offset is made up for later.</param>
public readonly record struct TimestampReservation(long Outgoing, long Offset, TimestampOrigin Origin, long Ahead = 0);
