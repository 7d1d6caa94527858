using CsCheck;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Tests.Primitives;

namespace Parley.Rtc.Tests.Rtp.Extensions;

public sealed class DependencyDescriptorReaderTests
{
    // Sent by Chromium for VP9 with three spatial and three temporal layers: a key frame, then its other layers and the next pictures.
    private static readonly string[] Captured =
    [
        "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d954926e082b04a0941b820ac1282503157f974000ca864330e222222eca8655304224230eca877530077004200ef008601df010d",
        "86017340fc",
        "46017340fc",
        "c3017540fc",
        "88017640fc",
        "48017640fc",
        "c2017840fc",
    ];

    [Fact]
    public void A_key_frame_of_chromium_is_read()
    {
        DependencyDescriptorReader reader = new();
        Assert.True(reader.TryRead(Convert.FromHexString(Captured[0]), out DependencyDescriptor key));
        Assert.True(key is { HasStructure: true, IsResolved: true, IsStartOfFrame: true, IsEndOfFrame: true, IsSwitchingUpPoint: true });
        Assert.Equal((0x172, (byte)1, (byte)0, (byte)0), (key.FrameNumber, key.TemplateId, key.SpatialId, key.TemporalId));
        Assert.Equal(((byte)9, (byte)3, (uint?)0x1FF), (key.TargetCount, key.ChainCount, key.ActiveTargets));
        Assert.Equal((120, 67), (key.Width, key.Height));
        Assert.Equal((3, 480, 270), (reader.Structure.SpatialLayerCount, reader.Structure.WidthOf(2), reader.Structure.HeightOf(2)));
        Assert.Equal("00 01 02 10 11 12 20 21 22", string.Join(' ', Enumerable.Range(0, 9).Select(t => $"{reader.Structure.SpatialIdOf(t)}{reader.Structure.TemporalIdOf(t)}")));
        Assert.Equal("000111222", string.Concat(Enumerable.Range(0, 9).Select(reader.Structure.ChainOf)));
    }

    [Fact]
    public void The_frames_behind_it_are_read_by_its_structure()
    {
        DependencyDescriptorReader reader = new();
        List<string> seen = [];
        foreach (string packet in Captured)
        {
            Assert.True(reader.TryRead(Convert.FromHexString(packet), out DependencyDescriptor frame));
            seen.Add($"{(frame.IsStartOfFrame ? "[" : "")}{frame.FrameNumber - 0x172}:{frame.SpatialId}/{frame.TemporalId}{(frame.IsEndOfFrame ? "]" : "")}");
            Assert.Equal(frame.HasStructure ? 0x1FFu : 0x3Fu, frame.ActiveTargets); // then the two lower spatial layers
        }

        Assert.Equal(["[0:0/0]", "[1:1/0", "1:1/0]", "[3:0/2]", "[4:1/2", "4:1/2]", "[6:0/1]"], seen);
    }

    [Fact]
    public void The_specification_s_L1T3_is_read()
    {
        DependencyDescriptorReader reader = new();
        byte[] key = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 60, 60, 1, targets: 3, chains: 1, [0, 0, 0], [(1280, 720)]);
        Assert.True(reader.TryRead(key, out DependencyDescriptor frame));
        Assert.Equal((1280, 720, (uint?)7), (frame.Width, frame.Height, frame.ActiveTargets));
        Assert.Equal("S S S", Indications(frame));

        // The ids wrap at 64: 60 + 4 is template 0 on the wire.
        Assert.True(reader.TryRead([0xC0 | 0, 0, 2], out frame));
        Assert.Equal((false, (byte)2, 3, "NotPresent"), (frame.HasStructure, frame.TemporalId, frame.ChainDistance(0), frame.IndicationFor(0).ToString()));
        Assert.Equal("- - D", Indications(frame));
        Assert.False(frame.IsSwitchingUpPoint);
        Assert.Null(frame.ActiveTargets);
        Assert.Equal((1280, 720), (frame.Width, frame.Height));

        Assert.True(reader.TryRead([0xC0 | 62, 0, 3], out frame));
        Assert.Equal("- D S", Indications(frame));
        Assert.Equal(((byte)1, 2, 0), (frame.TemporalId, frame.ChainDistance(0), frame.ChainDistance(1)));

        Assert.False(reader.TryRead([0xC0 | 1, 0, 4], out _)); // one template too far
        Assert.False(reader.TryRead([0xC0 | 59, 0, 4], out _));
    }

    [Fact]
    public void Targets_and_chains_of_spatial_layers_are_read()
    {
        DependencyDescriptorReader reader = new();
        Assert.True(reader.TryRead(DescriptorTemplates.KeyFrame(DescriptorTemplates.L2T1Key, 0, 1, 9, targets: 2, chains: 2, [0, 1]), out DependencyDescriptor frame));
        Assert.Equal((0, 0), (frame.Width, frame.Height));
        Assert.Equal((0, 1), (reader.Structure.ChainOf(0), reader.Structure.ChainOf(1)));
        Assert.True(reader.TryRead([0x80 | 2, 0, 10], out frame));
        Assert.Equal(((byte)1, 1, 2, true, false), (frame.SpatialId, frame.ChainDistance(0), frame.ChainDistance(1), frame.IsStartOfFrame, frame.IsEndOfFrame));
        Assert.True(frame.IsSwitchingUpPoint);
    }

    [Fact]
    public void Custom_fields_take_the_template_s_place()
    {
        DependencyDescriptorReader reader = new();
        reader.TryRead(DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 1, targets: 3, chains: 1, [0, 0, 0]), out _);
        byte[] custom = new BitWriter().Bits(0b11, 2).Bits(3, 6).Bits(7, 16).Bits(0b01111, 5)
            .Bits(0b011, 3) // active targets
            .Bits(0b00_11_10, 6) // - R S
            .Bits(1, 2).Bits(4, 4).Bits(3, 2).Bits(0x123, 12).Bits(0, 2) // frame distances 5 and 292
            .Bits(200, 8).ToArray();
        Assert.True(reader.TryRead(custom, out DependencyDescriptor frame));
        Assert.Equal((3u, "- R S", 200), (frame.ActiveTargets!.Value, Indications(frame), frame.ChainDistance(0)));
        Assert.False(reader.TryRead(custom.AsSpan(0, custom.Length - 1), out _));
    }

    [Fact]
    public void Before_a_structure_only_the_mandatory_fields_are_known()
    {
        DependencyDescriptorReader reader = new();
        Assert.True(reader.TryRead([0x81, 1, 2], out DependencyDescriptor frame));
        Assert.True(frame is { IsStartOfFrame: true, IsEndOfFrame: false, IsResolved: false, FrameNumber: 0x102 });
        Assert.False(reader.HasStructure);
        Assert.False(reader.TryRead([0x81, 1], out _));
        Assert.False(reader.TryRead([], out _));
    }

    [Fact]
    public void A_broken_structure_leaves_the_present_one()
    {
        DependencyDescriptorReader reader = new();
        byte[] key = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 1, targets: 3, chains: 1, [0, 0, 0]);
        Assert.True(reader.TryRead(key, out _));
        byte[] next = DescriptorTemplates.KeyFrame(DescriptorTemplates.L2T1Key, 5, 6, 50, targets: 2, chains: 2, [0, 1]);
        for (int length = 4; length < next.Length; length++)
            Assert.False(reader.TryRead(next.AsSpan(0, length), out _));
        Assert.True(reader.TryRead([0xC4, 0, 2], out DependencyDescriptor frame));
        Assert.Equal(3, frame.TargetCount);
        Assert.True(reader.TryRead(next, out _));
        Assert.False(reader.TryRead([0xC4, 0, 2], out _));
    }

    [Fact]
    public void A_late_structure_is_read_but_does_not_take_the_place_of_a_newer_one()
    {
        DependencyDescriptorReader reader = new();
        Assert.True(reader.TryRead(DescriptorTemplates.KeyFrame(DescriptorTemplates.L2T1Key, 5, 6, 2, targets: 2, chains: 2, [0, 1]), out _));
        byte[] late = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 0xFFF0, targets: 3, chains: 1, [0, 0, 0]);
        Assert.True(reader.TryRead(late, out DependencyDescriptor frame));
        Assert.Equal((3, true), (frame.TargetCount, frame.HasStructure));
        Assert.Equal(2, reader.Structure.TargetCount);

        // Far behind is no late packet but a sender that began anew.
        byte[] anew = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 0x9000, targets: 3, chains: 1, [0, 0, 0]);
        Assert.True(reader.TryRead(anew, out _));
        Assert.Equal(3, reader.Structure.TargetCount);
    }

    [Fact]
    public void The_frame_number_is_rewritten_in_place()
    {
        byte[] data = Convert.FromHexString(Captured[1]);
        Assert.True(DependencyDescriptor.TrySetFrameNumber(data, 0xBEEF));
        Assert.Equal("86BEEF40FC", Convert.ToHexString(data));
        Assert.False(DependencyDescriptor.TrySetFrameNumber(data.AsSpan(0, 2), 1));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        byte[] key = Convert.FromHexString(Captured[0]);
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, key.Length - 1], Gen.Byte, Gen.Int[3, key.Length]).Select((at, value, length) =>
        {
            byte[] copy = [.. key];
            copy[at] = value;
            return copy[..length];
        });
        Gen.OneOf(Gen.Byte.Array[0, 40], mutated).Array[1, 12].Sample(
            packets =>
            {
                DependencyDescriptorReader reader = new();
                foreach (byte[] packet in packets)
                {
                    if (!reader.TryRead(packet, out DependencyDescriptor frame) || !frame.IsResolved)
                        continue;
                    Assert.InRange(frame.SpatialId, 0, DependencyStructure.MaximumSpatialLayers - 1);
                    Assert.InRange(frame.TemporalId, 0, DependencyStructure.MaximumTemporalLayers - 1);
                    for (int i = -1; i <= 32; i++)
                        _ = frame.ChainDistance(i) + (int)frame.IndicationFor(i);
                }
            },
            iter: 5_000);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[][] packets = [.. Captured.Select(Convert.FromHexString)];
        DependencyDescriptorReader reader = new();
        Run(1_000);
        int read = 0;
        Assert.Equal(0, Allocations.Of(() => read = Run(100_000)));
        Assert.Equal(100_000, read);

        int Run(int times)
        {
            int count = 0;
            for (int i = 0; i < times; i++)
                count += reader.TryRead(packets[i % packets.Length], out DependencyDescriptor frame) && frame.IsResolved ? 1 : 0;
            return count;
        }
    }

    private static string Indications(DependencyDescriptor frame) =>
        string.Join(' ', Enumerable.Range(0, frame.TargetCount).Select(target => "-DSR"[(int)frame.IndicationFor(target)]));
}
