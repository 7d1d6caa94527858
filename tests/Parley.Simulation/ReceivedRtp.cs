namespace Parley.Simulation;

/// <summary>An RTP packet that a peer received, decrypted.</summary>
/// <param name="Ssrc">The stream.</param>
/// <param name="PayloadType">The payload type.</param>
/// <param name="Sequence">The sequence number.</param>
/// <param name="Timestamp">The timestamp.</param>
/// <param name="Marker">The marker bit.</param>
/// <param name="Mid">The MID it carries; empty without.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Descriptor">The dependency descriptor it carries; empty without.</param>
public sealed record ReceivedRtp(uint Ssrc, byte PayloadType, ushort Sequence, uint Timestamp, bool Marker, string Mid, byte[] Payload, byte[] Descriptor);
