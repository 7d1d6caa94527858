using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;

namespace Parley.Rtc.Tests.Rtcp;

public sealed class TransportFeedbackTests
{
    private const string Head = "00000001" + "00000002";

    [Fact]
    public void One_packet_is_written_as_a_run_of_one()
    {
        // 37 ms after reference time 4,057,090.
        MonotonicTime arrival = MonotonicTime.FromMilliseconds((4_057_090L * 64) + 37);
        byte[] buffer = new byte[64];
        RtcpWriter writer = new(buffer);
        TransportFeedbackWriter written = writer.WriteTransportFeedback(4_195_875_351, 1_124_282_272, 23, 153, [new(153, arrival)]);
        Assert.Equal((24, 1, 154L), (written.Length, written.Packets, written.NextSequence));
        Assert.Equal("AFCD0005" + "FA17FA17" + "43032FA0" + "00990001" + "3DE80217" + "20019401", Convert.ToHexString(buffer[..24]));
        TransportFeedbackView view = Read(buffer.AsSpan(0, 24));
        Assert.Equal((4_195_875_351u, 1_124_282_272u, (ushort)153, 1, 4_057_090, (byte)23), (view.SenderSsrc, view.MediaSsrc, view.BaseSequence, view.StatusCount, view.ReferenceTime, view.FeedbackCount));
        TransportStatus status = Assert.Single(All(view));
        Assert.Equal(new(153, true, (4_057_090L * 256) + 148), status);
    }

    [Theory]
    [InlineData("2003" + "010203", "1 3 6")] // a run of small deltas
    [InlineData("4002" + "0100FF00", "256 0")] // a run of large ones
    [InlineData("0005", "- - - - -")] // a run of lost packets
    [InlineData("A800" + "0408", "4 - 12 -")] // one-bit symbols 1 0 1 0 and ten more than are meant
    [InlineData("D840" + "04FFFF05", "4 3 - 8")] // two-bit symbols 1 2 0 1 and three more
    [InlineData("BFFF" + "2001" + "0101010101010101010101010101" + "01", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")] // two chunks
    public void Chunks_of_each_kind_are_read(string tail, string expected)
    {
        byte[] packet = Packet(expected.Split(' ').Length, tail);
        List<string> seen = [];
        foreach (TransportStatus status in Read(packet).Statuses)
            seen.Add(status.Received ? $"{status.ArrivalTicks}" : "-");
        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Theory]
    [InlineData(0, "2001" + "01")] // nothing covered
    [InlineData(3, "2000" + "010203")] // an empty run
    [InlineData(5, "2001" + "01")] // fewer chunks than statuses
    [InlineData(9, "2009" + "0102")] // fewer deltas than packets
    [InlineData(2, "6002" + "01020304")] // a run of the reserved symbol
    [InlineData(2, "DC00" + "01020304")] // a vector with it
    [InlineData(16385, "1FFF1FFF1FFF")] // more statuses than are accepted
    public void Feedback_that_does_not_add_up_is_refused(int count, string tail)
    {
        RtcpReader reader = new(Packet(count, tail));
        Assert.True(reader.MoveNext());
        Assert.False(TransportFeedbackView.TryRead(reader.Current, out _));
    }

    [Fact]
    public void Mixed_statuses_are_written_as_vectors()
    {
        long[] ms = [0, 1, 2];
        ArrivedPacket[] arrived = [.. ms.Select(at => new ArrivedPacket(10 + (at * 2), MonotonicTime.FromMilliseconds(at)))];
        Assert.Equal("AA00" + "000404", Written(arrived, 10)); // one-bit: 1 0 1 0 1
        arrived[2] = arrived[2] with { Arrival = MonotonicTime.FromMilliseconds(101) };
        Assert.Equal("D120" + "00040190", Written(arrived, 10)); // two-bit: 1 0 1 0 2

        static string Written(ArrivedPacket[] arrived, long from)
        {
            byte[] buffer = new byte[100];
            RtcpWriter writer = new(buffer);
            TransportFeedbackWriter written = writer.WriteTransportFeedback(1, 2, 0, from, arrived);
            int padding = (buffer[0] & 0x20) == 0 ? 0 : buffer[written.Length - 1];
            return Convert.ToHexString(buffer[20..(written.Length - padding)]);
        }
    }

    [Fact]
    public void A_jump_in_time_beyond_16_bits_starts_a_new_packet()
    {
        ArrivedPacket[] arrived = [new(1, MonotonicTime.FromMilliseconds(0)), new(2, MonotonicTime.FromMilliseconds(9_000)), new(3, MonotonicTime.FromMilliseconds(100))];
        byte[] buffer = new byte[200];
        RtcpWriter writer = new(buffer);
        TransportFeedbackWriter first = writer.WriteTransportFeedback(1, 2, 0, 1, arrived);
        Assert.Equal((1, 2L), (first.Packets, first.NextSequence));
        TransportFeedbackWriter second = writer.WriteTransportFeedback(1, 2, 1, first.NextSequence, arrived.AsSpan(first.Packets));
        Assert.Equal((1, 3L), (second.Packets, second.NextSequence));
    }

    [Fact]
    public void A_gap_that_no_packet_can_cover_is_passed_over()
    {
        byte[] buffer = new byte[200];
        RtcpWriter writer = new(buffer);
        TransportFeedbackWriter written = writer.WriteTransportFeedback(1, 2, 0, 1, [new(100_000, default)]);
        Assert.Equal((1, 100_001L), (written.Packets, written.NextSequence));
        Assert.Equal(100_000 & 0xFFFF, Read(buffer.AsSpan(0, written.Length)).BaseSequence);
    }

    // Whatever arrived, in however many packets it was told, reads back to the quarter millisecond.
    [Fact]
    public void What_is_written_is_read_back()
    {
        Gen<int> step = Gen.Frequency((12, Gen.Const(1)), (4, Gen.Int[2, 5]), (2, Gen.Int[6, 60]), (1, Gen.Int[100, 20_000]));
        Gen<long> delay = Gen.Frequency((12, Gen.Long[0, 20_000]), (4, Gen.Long[-30_000, 700_000]), (1, Gen.Long[-20_000_000, 100_000_000]));
        Gen.Select(Gen.Long[1, 200_000], Gen.Long[0, 3], Gen.Select(step, delay).Array[1, 300], Gen.Int[TransportFeedbackWriter.MinimumRoom, 400]).Sample(
            (start, before, steps, room) =>
            {
                ArrivedPacket[] arrived = new ArrivedPacket[steps.Length];
                long sequence = start;
                long time = 1_000_000_000;
                for (int i = 0; i < steps.Length; i++)
                {
                    arrived[i] = new(sequence, new(time));
                    sequence += steps[i].Item1;
                    time = Math.Max(0, time + steps[i].Item2);
                }

                byte[] buffer = new byte[room];
                long next = start - before;
                int done = 0;
                while (done < arrived.Length)
                {
                    RtcpWriter writer = new(buffer);
                    TransportFeedbackWriter written = writer.WriteTransportFeedback(1, 2, 0, next, arrived.AsSpan(done));
                    Assert.True(written.Packets > 0 && written.Length % 4 == 0);
                    int packet = 0;
                    long at = written.NextSequence - Read(buffer.AsSpan(0, written.Length)).StatusCount;
                    Assert.True(at >= next);
                    foreach (TransportStatus status in Read(buffer.AsSpan(0, written.Length)).Statuses)
                    {
                        ArrivedPacket expected = packet < written.Packets ? arrived[done + packet] : new(-1, default);
                        // One plain comparison for each: there are millions.
                        if (status.Sequence != (ushort)at
                            || status.Received != (expected.Sequence == at)
                            || (status.Received && status.ArrivalTicks != expected.Arrival.Ticks / 2500))
                            Assert.Fail($"status {status} against packet {expected} at {at}");
                        packet += status.Received ? 1 : 0;
                        at++;
                    }

                    Assert.Equal(written.Packets, packet);
                    done += written.Packets;
                    next = written.NextSequence;
                }
            },
            iter: 200);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        ArrivedPacket[] arrived = [.. Enumerable.Range(0, 100).Select(i => new ArrivedPacket(i + (i / 7), new(i * 12_345L)))];
        byte[] buffer = new byte[1200];
        Run(1_000);
        long packets = 0;
        Assert.Equal(0, Allocations.Of(() => packets = Run(10_000)));
        Assert.Equal(10_000L * 100, packets);

        long Run(int times)
        {
            long reported = 0;
            for (int i = 0; i < times; i++)
            {
                RtcpWriter writer = new(buffer);
                reported += writer.WriteTransportFeedback(1, 2, 0, 0, arrived).Packets;
            }

            return reported;
        }
    }

    private static byte[] Packet(int count, string tail)
    {
        while (tail.Length % 8 != 0)
            tail += "00";
        return Convert.FromHexString($"8FCD{(16 + (tail.Length / 2)) / 4:X4}{Head}0000{count:X4}00000000{tail}");
    }

    private static TransportFeedbackView Read(ReadOnlySpan<byte> bytes)
    {
        RtcpReader reader = new(bytes);
        Assert.True(reader.MoveNext());
        Assert.True(TransportFeedbackView.TryRead(reader.Current, out TransportFeedbackView view));
        return view;
    }

    private static List<TransportStatus> All(TransportFeedbackView view)
    {
        List<TransportStatus> all = [];
        foreach (TransportStatus status in view.Statuses)
            all.Add(status);
        return all;
    }
}
