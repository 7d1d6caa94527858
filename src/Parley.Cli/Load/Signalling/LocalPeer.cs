namespace Parley.Cli.Load.Signalling;

/// <summary>What the load brings to an offer or answer.</summary>
/// <param name="Ufrag">Our ICE user fragment.</param>
/// <param name="Password">Our ICE password.</param>
/// <param name="Fingerprint">SHA-256 of our DTLS certificate, 32 bytes.</param>
public sealed record LocalPeer(string Ufrag, string Password, byte[] Fingerprint);
