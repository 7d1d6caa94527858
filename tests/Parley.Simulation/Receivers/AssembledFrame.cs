using Parley.Simulation.Payloads;

namespace Parley.Simulation.Receivers;

/// <summary>A frame of which every packet has come.</summary>
/// <param name="First">The number of its first packet.</param>
/// <param name="Last">The number of its last packet.</param>
/// <param name="Timestamp">Its timestamp.</param>
/// <param name="IsKey">Whether it needs no other frame.</param>
/// <param name="PictureId">Its picture id.</param>
/// <param name="Tag">The tag of its first packet.</param>
public readonly record struct AssembledFrame(long First, long Last, long Timestamp, bool IsKey, ushort PictureId, FrameTag Tag);
