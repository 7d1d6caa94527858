namespace Parley.Rtc.Rtcp;

/// <summary>The formats (FMT) of feedback packets that Parley knows.</summary>
public static class FeedbackFormat
{
    /// <summary>Generic NACK, transport layer (RFC 4585 section 6.2.1).</summary>
    public const byte Nack = 1;

    /// <summary>Transport-wide feedback, transport layer (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).</summary>
    public const byte Transport = 15;

    /// <summary>Picture loss indication, payload-specific (RFC 4585 section 6.3.1).</summary>
    public const byte PictureLoss = 1;

    /// <summary>Full intra request, payload-specific (RFC 5104 section 4.3.1).</summary>
    public const byte FullIntra = 4;

    /// <summary>Application-layer feedback, payload-specific (RFC 4585 section 6.4): REMB.</summary>
    public const byte ApplicationLayer = 15;
}
