namespace Parley.Sfu.Tracks;

/// <summary>What a receiver reports about one stream (report block, RFC 3550 section 6.4.1).</summary>
/// <param name="FractionLost">Lost since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Lost since the start, within 24 bits, signed: duplicates can make it negative.</param>
/// <param name="HighestSequence">The extended highest sequence number: cycles above, number below.</param>
/// <param name="Jitter">Interarrival jitter in timestamp units.</param>
public readonly record struct ReceptionSummary(byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter);
