namespace Parley.Rtc.Sdp;

/// <summary>A codec that both sides have.</summary>
/// <param name="Codec">What was agreed.</param>
/// <param name="Offered">The peer's entry.</param>
/// <param name="Rtx">The peer's entry for its retransmissions; null without.</param>
internal sealed record CodecMatch(NegotiatedCodec Codec, SdpCodec Offered, SdpCodec? Rtx);
