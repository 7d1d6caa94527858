using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class H264ProfilesTests
{
    [Theory]
    [InlineData("42e01f", H264Profile.ConstrainedBaseline)]
    [InlineData("42E034", H264Profile.ConstrainedBaseline)]
    [InlineData("42c01f", H264Profile.ConstrainedBaseline)]
    [InlineData("4d8028", H264Profile.ConstrainedBaseline)]
    [InlineData("58c00a", H264Profile.ConstrainedBaseline)]
    [InlineData("42001f", H264Profile.Baseline)]
    [InlineData("58800a", H264Profile.Baseline)]
    [InlineData("4d001f", H264Profile.Main)]
    [InlineData("640c1f", H264Profile.ConstrainedHigh)]
    [InlineData("64001f", H264Profile.High)]
    [InlineData("f4001f", H264Profile.PredictiveHigh444)]
    [InlineData(null, H264Profile.ConstrainedBaseline)]
    [InlineData("", H264Profile.Unknown)]
    [InlineData("42e0", H264Profile.Unknown)]
    [InlineData("zzzzzz", H264Profile.Unknown)]
    [InlineData("58001f", H264Profile.Unknown)]
    public void A_profile_is_told_by_its_flags(string? profileLevelId, H264Profile expected) =>
        Assert.Equal(expected, H264Profiles.Parse(profileLevelId));
}
