using Parley.Net.Linux;

namespace Parley.Net.Tests.Linux;

public sealed class FrameEndTests
{
    [Theory]
    [InlineData("80E0", true)]
    [InlineData("9080", true)]
    [InlineData("8060", false)]
    [InlineData("80C8", false)]
    [InlineData("81CE", false)]
    [InlineData("00E0", false)]
    [InlineData("16FE", false)]
    [InlineData("80", false)]
    [InlineData("", false)]
    public void It_is_an_rtp_packet_with_the_marker_bit(string start, bool ends) => Assert.Equal(ends, FrameEnd.IsAt(Convert.FromHexString(start)));
}
