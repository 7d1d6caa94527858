namespace Parley.Rtc.Rtcp;

/// <summary>The types of RTCP packets that Parley knows; others are passed over.</summary>
public enum RtcpPacketType : byte
{
    /// <summary>Sender report (RFC 3550 section 6.4.1).</summary>
    SenderReport = 200,

    /// <summary>Receiver report (RFC 3550 section 6.4.2).</summary>
    ReceiverReport = 201,

    /// <summary>Source description (RFC 3550 section 6.5).</summary>
    SourceDescription = 202,

    /// <summary>Goodbye (RFC 3550 section 6.6).</summary>
    Bye = 203,

    /// <summary>Application-defined (RFC 3550 section 6.7).</summary>
    Application = 204,

    /// <summary>Transport-layer feedback (RFC 4585 section 6.2): generic NACK, transport-wide feedback.</summary>
    TransportLayerFeedback = 205,

    /// <summary>Payload-specific feedback (RFC 4585 section 6.3): PLI, FIR, REMB.</summary>
    PayloadFeedback = 206,

    /// <summary>Extended report (RFC 3611).</summary>
    ExtendedReport = 207,
}
