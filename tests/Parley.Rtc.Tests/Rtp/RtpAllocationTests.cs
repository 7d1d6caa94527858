using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class RtpAllocationTests
{
    [Fact]
    public void Reading_and_writing_headers_allocates_nothing()
    {
        ExtensionMap map = new([new(1, ExtensionKind.Mid), new(3, ExtensionKind.TransportSequence), new(9, ExtensionKind.DependencyDescriptor)]);
        byte[] packet = new byte[1200];
        byte[] big = new byte[60];
        Run(1_000);
        int found = 0;
        Assert.Equal(0, Allocations.Of(() => found = Run(100_000)));
        Assert.Equal(100_000, found);

        int Run(int times)
        {
            int seen = 0;
            for (int i = 0; i < times; i++)
            {
                RtpHeaderWriter writer = new(packet, 96, marker: false, (ushort)i, (uint)i, 7);
                writer.TryAdd(1, "0"u8);
                writer.TryAdd(3, [(byte)(i >> 8), (byte)i]);
                if (i % 2 == 0)
                    writer.TryAdd(9, big);
                writer.Finish();
                if (RtpHeaderView.TryParse(packet, out RtpHeaderView header)
                    && header.TryGetExtension(ExtensionKind.TransportSequence, map, out ReadOnlySpan<byte> sequence)
                    && sequence[1] == (byte)i)
                    seen++;
            }

            return seen;
        }
    }
}
