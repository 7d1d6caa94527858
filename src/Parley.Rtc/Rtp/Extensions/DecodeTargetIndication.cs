namespace Parley.Rtc.Rtp.Extensions;

/// <summary>What a frame is to a decode target (AV1 RTP payload specification, appendix A.4).</summary>
public enum DecodeTargetIndication : byte
{
    /// <summary>The target does not contain the frame.</summary>
    NotPresent,

    /// <summary>No other frame of the target refers to it.</summary>
    Discardable,

    /// <summary>All later frames of the target can be decoded from here on: one may switch up to the target.</summary>
    Switch,

    /// <summary>Later frames of the target need it.</summary>
    Required,
}
