using System.Globalization;

namespace Parley.Rtc.Sdp;

/// <summary>Reads <c>profile-level-id</c>.</summary>
public static class H264Profiles
{
    /// <summary>The profile of a <c>profile-level-id</c> of six hexadecimal digits; without one, Constrained Baseline, as browsers take it.</summary>
    public static H264Profile Parse(string? profileLevelId)
    {
        if (profileLevelId is null)
            return H264Profile.ConstrainedBaseline;
        if (profileLevelId.Length != 6
            || !int.TryParse(profileLevelId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            return H264Profile.Unknown;
        }

        // constraint_set0_flag is the highest bit of the second byte.
        int constraints = (value >> 8) & 0xFF;
        bool set0 = (constraints & 0x80) != 0;
        bool set1 = (constraints & 0x40) != 0;
        return (value >> 16) switch
        {
            0x42 => set1 ? H264Profile.ConstrainedBaseline : H264Profile.Baseline,
            0x4D => set0 ? H264Profile.ConstrainedBaseline : H264Profile.Main,
            0x58 when set0 => set1 ? H264Profile.ConstrainedBaseline : H264Profile.Baseline,
            0x64 => (constraints & 0x0C) == 0x0C ? H264Profile.ConstrainedHigh : H264Profile.High,
            0xF4 => H264Profile.PredictiveHigh444,
            _ => H264Profile.Unknown,
        };
    }
}
