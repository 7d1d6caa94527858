using Parley.Cli.Load.Media;

namespace Parley.Cli.Tests.Load;

public class VideoSourceTests
{
    [Fact]
    public void It_sends_the_bit_rate_asked_for_in_frames_on_time()
    {
        VideoSource source = new(stream: 7, bitsPerSecond: 1_500_000, framesPerSecond: 30);
        byte[] payload = new byte[1_500];
        long bytes = 0;
        int frames = 0;
        for (long now = 0; now < 10_000_000; now += 1_000)
        {
            if (now < source.DueMicroseconds)
                continue;
            source.BeginFrame(now);
            frames++;
            while (source.NextPacket(payload, now, out _) is var size and > 0)
                bytes += size;
        }

        Assert.InRange(frames, 299, 302);
        Assert.InRange(bytes * 8 / 10, 1_450_000, 1_600_000);
    }

    [Fact]
    public void Each_frame_ends_with_one_marker_and_every_packet_carries_its_stamp()
    {
        VideoSource source = new(stream: 7, bitsPerSecond: 1_500_000, framesPerSecond: 30);
        byte[] payload = new byte[1_500];
        source.BeginFrame(5_000);
        int markers = 0;
        long counter = 0;
        while (source.NextPacket(payload, 5_001, out bool last) is var size and > 0)
        {
            markers += last ? 1 : 0;
            Assert.True(PacketStamp.TryRead(payload.AsSpan(0, size), out PacketStamp stamp));
            Assert.Equal(new PacketStamp(7, counter++, 5_001), stamp);
        }

        Assert.Equal(1, markers);
        Assert.True(counter > 1);
    }

    [Fact]
    public void A_request_makes_the_next_frame_and_only_that_one_a_key_frame()
    {
        VideoSource source = new(stream: 1, bitsPerSecond: 500_000, framesPerSecond: 30);
        Assert.True(NextIsKey(source));
        Assert.False(NextIsKey(source));
        source.RequestKeyFrame();
        Assert.True(NextIsKey(source));
        Assert.False(NextIsKey(source));
    }

    private static bool NextIsKey(VideoSource source)
    {
        byte[] payload = new byte[1_500];
        source.BeginFrame(source.DueMicroseconds);
        source.NextPacket(payload, 0, out _);
        // The lowest bit of the VP8 frame tag, after the four bytes of the payload descriptor (RFC 6386 section 9.1).
        return (payload[4] & 1) == 0;
    }
}
