namespace Parley.Sfu.Packets;

/// <summary>Why a datagram or packet went no further. Every drop has a reason and is counted.</summary>
public enum DropReason : byte
{
    /// <summary>The first byte belongs to no protocol here (RFC 7983), or the datagram is too short for its protocol.</summary>
    UnknownProtocol,

    /// <summary>A STUN message that does not parse.</summary>
    StunMalformed,

    /// <summary>A STUN message that is not a Binding request.</summary>
    StunUnexpected,

    /// <summary>A Binding request for a user fragment that names no transport: answered with nothing, so that nothing can be learnt.</summary>
    StunUnknownUfrag,

    /// <summary>A Binding request with a wrong password or user name.</summary>
    StunUnauthorized,

    /// <summary>One source sent more failing datagrams than a short window allows: dropped unread.</summary>
    SourceFlooding,

    /// <summary>An authentic check from an address that another transport uses with fresh consent: a forged source, so nothing is answered.</summary>
    AddressTaken,

    /// <summary>DTLS from an address that no authenticated check has validated.</summary>
    DtlsBeforeCheck,

    /// <summary>No DTLS association could be made, as many handshakes are under way as the node allows; or the association had more datagrams than any handshake takes.</summary>
    DtlsRefused,

    /// <summary>SRTP or SRTCP from an address that no authenticated check has validated.</summary>
    MediaFromUnknownAddress,

    /// <summary>SRTP or SRTCP before the handshake gave keys.</summary>
    MediaBeforeKeys,

    /// <summary>An RTP packet whose header does not parse.</summary>
    RtpMalformed,

    /// <summary>An SRTP or SRTCP packet that was seen before.</summary>
    SrtpReplayed,

    /// <summary>An SRTP or SRTCP packet older than the replay window.</summary>
    SrtpTooOld,

    /// <summary>An SRTP or SRTCP packet that fails authentication or is too short.</summary>
    SrtpUnauthenticated,

    /// <summary>More SSRCs on one transport than it may have.</summary>
    TooManySsrcs,

    /// <summary>RTP with an SSRC that belongs to no track of its transport.</summary>
    UnknownSsrc,

    /// <summary>RTP with a payload type that its m-line did not agree on.</summary>
    UnknownPayloadType,

    /// <summary>A retransmission of a stream that is not known yet, or one without a payload (a probe).</summary>
    RtxWithoutStream,

    /// <summary>A packet that had arrived before.</summary>
    Duplicate,

    /// <summary>A packet too late to be of use: older than the retransmission cache.</summary>
    TooLate,

    /// <summary>A packet with padding and nothing else.</summary>
    PaddingOnly,

    /// <summary>A packet of a track whose source another transport of the participant has taken over.</summary>
    Superseded,

    /// <summary>A packet for a subscriber that is not connected yet, or whose consent has run out.</summary>
    SubscriberNotReady,

    /// <summary>A packet with a codec that the slot did not agree on.</summary>
    CodecNotAgreed,

    /// <summary>A packet of a muted track.</summary>
    Muted,

    /// <summary>A packet that a slot's layer selection leaves out.</summary>
    LayerNotSelected,

    /// <summary>A packet that a slot cannot place in its own numbering any more.</summary>
    NotMappable,

    /// <summary>The packet does not fit into a datagram.</summary>
    TooLarge,

    /// <summary>The shell had no room for a datagram.</summary>
    SinkFull,

    /// <summary>An RTCP packet that does not parse.</summary>
    RtcpMalformed,

    /// <summary>An RTCP message of a kind, or about an SSRC, that is of no use here.</summary>
    RtcpIgnored,

    /// <summary>A NACK for a packet that is no longer cached or was never sent.</summary>
    NackUnanswerable,

    /// <summary>A NACK for a packet that was resent less than a round trip ago, or beyond the budget for resending.</summary>
    NackThrottled,

    /// <summary>A message of a relay link that does not parse.</summary>
    RelayMalformed,

    /// <summary>A message about a row that was not joined here.</summary>
    RelayUnknownRow,

    /// <summary>An offer on a relay link beyond a bound, or with an SSRC that is taken.</summary>
    RelayRefused,

    /// <summary>A command about a room or transport that does not exist, or beyond a bound.</summary>
    CommandRefused,

    /// <summary>An event when as many waited as the ring holds.</summary>
    EventOverflow,

    /// <summary>An internal fault, which closed its room.</summary>
    Fault,
}
