using Parley.Rtc.Primitives;

namespace Parley.Cli.Load.Signalling;

/// <summary>What a server brings: where it is, and what proves that it is the one.</summary>
/// <param name="Ufrag">Its ICE user fragment.</param>
/// <param name="Password">Its ICE password.</param>
/// <param name="Fingerprint">SHA-256 of its DTLS certificate, 32 bytes.</param>
/// <param name="Address">Its candidate: ICE-lite servers have a host candidate.</param>
/// <param name="PayloadType">The payload type of the video that we publish.</param>
public sealed record RemotePeer(string Ufrag, string Password, byte[] Fingerprint, TransportAddress Address, byte PayloadType);
