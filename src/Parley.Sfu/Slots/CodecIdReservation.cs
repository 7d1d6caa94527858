namespace Parley.Sfu.Slots;

/// <summary>Outgoing codec ids held for one packet until it was sent (<see cref="CodecIdMunger.Commit"/>).</summary>
/// <param name="Source">The packet's ids.</param>
/// <param name="Outgoing">What to write into the forwarded packet; absent where the source has none. The picture id has the width that this receiver saw first.</param>
/// <param name="SourcePicture">The extended picture id of the source.</param>
/// <param name="OutgoingPicture">The extended outgoing picture id.</param>
/// <param name="IsSwitch">Whether it is the first packet of a new source.</param>
public readonly record struct CodecIdReservation(CodecIds Source, CodecIds Outgoing, long SourcePicture, long OutgoingPicture, bool IsSwitch);
