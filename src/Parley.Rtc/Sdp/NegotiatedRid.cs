namespace Parley.Rtc.Sdp;

/// <summary>One RTP stream id of a simulcast publisher (RFC 8853).</summary>
/// <param name="Rid">The id.</param>
/// <param name="Paused">Whether the peer marked it as initially paused with '~'.</param>
public readonly record struct NegotiatedRid(string Rid, bool Paused);
