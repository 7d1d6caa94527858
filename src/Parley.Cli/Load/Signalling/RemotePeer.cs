using Parley.Rtc.Primitives;
using Parley.Sfu.Transports;

namespace Parley.Cli.Load.Signalling;

/// <summary>What a server brings, and what was agreed with it.</summary>
/// <param name="Ufrag">Its ICE user fragment.</param>
/// <param name="Password">Its ICE password.</param>
/// <param name="Fingerprint">SHA-256 of its DTLS certificate, 32 bytes.</param>
/// <param name="Address">Its candidate: ICE-lite servers have a host candidate.</param>
/// <param name="PayloadType">The payload type of the video that we publish.</param>
/// <param name="Ssrc">The SSRC that our offer named; 0 for a subscriber.</param>
/// <param name="Role">What we are in the DTLS handshake: the server when it said <c>a=setup:active</c>.</param>
public sealed record RemotePeer(string Ufrag, string Password, byte[] Fingerprint, TransportAddress Address, byte PayloadType, uint Ssrc, DtlsRole Role);
