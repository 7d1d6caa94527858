namespace Parley.Sfu.Slots;

/// <summary>All numbers held for one packet until it was sent.</summary>
/// <param name="Sequence">The sequence number.</param>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="CodecIds">The codec ids.</param>
/// <param name="FrameOffset">What is added to the frame number.</param>
public readonly record struct SlotReservation(SequenceReservation Sequence, TimestampReservation Timestamp, CodecIdReservation CodecIds, ushort FrameOffset);
