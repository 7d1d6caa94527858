namespace Parley.Rtc.Sdp;

/// <summary>The profiles of H.264, as RFC 6184 section 8.1 table 5 tells them apart: never by comparing the text of <c>profile-level-id</c>.</summary>
public enum H264Profile : byte
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary>Constrained Baseline: what every browser decodes.</summary>
    ConstrainedBaseline,

    /// <summary>Baseline.</summary>
    Baseline,

    /// <summary>Main.</summary>
    Main,

    /// <summary>Constrained High.</summary>
    ConstrainedHigh,

    /// <summary>High.</summary>
    High,

    /// <summary>High 4:4:4 Predictive.</summary>
    PredictiveHigh444,
}
