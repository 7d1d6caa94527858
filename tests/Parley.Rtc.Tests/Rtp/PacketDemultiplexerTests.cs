using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class PacketDemultiplexerTests
{
    [Theory]
    [InlineData(0, 3, 0, 255, PacketKind.Stun)]
    [InlineData(4, 19, 0, 255, PacketKind.Unknown)]
    [InlineData(20, 63, 0, 255, PacketKind.Dtls)]
    [InlineData(64, 127, 0, 255, PacketKind.Unknown)]
    [InlineData(128, 191, 0, 191, PacketKind.Rtp)]
    [InlineData(128, 191, 192, 223, PacketKind.Rtcp)]
    [InlineData(128, 191, 224, 255, PacketKind.Rtp)]
    [InlineData(192, 255, 0, 255, PacketKind.Unknown)]
    public void Every_range_of_the_rfc_has_its_kind(int first, int last, int secondFirst, int secondLast, PacketKind expected)
    {
        for (int one = first; one <= last; one++)
        {
            for (int two = secondFirst; two <= secondLast; two++)
                Assert.Equal(expected, PacketDemultiplexer.Classify([(byte)one, (byte)two, 0]));
        }
    }

    [Fact]
    public void Too_short_is_unknown()
    {
        Assert.Equal(PacketKind.Unknown, PacketDemultiplexer.Classify([]));
        Assert.Equal(PacketKind.Unknown, PacketDemultiplexer.Classify([0x80]));
    }
}
