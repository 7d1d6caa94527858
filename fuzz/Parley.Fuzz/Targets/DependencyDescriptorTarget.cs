using Parley.Rtc.Rtp.Extensions;

namespace Parley.Fuzz.Targets;

/// <summary>Dependency descriptors of one stream, one after another, each led by its length: what one leaves behind must not break the next.</summary>
internal static class DependencyDescriptorTarget
{
    public static void Run(byte[] input)
    {
        DependencyDescriptorReader reader = new();
        ReadOnlySpan<byte> rest = input;
        while (!rest.IsEmpty)
        {
            int length = Math.Min(rest[0], rest.Length - 1);
            byte[] data = rest.Slice(1, length).ToArray();
            rest = rest[(1 + length)..];
            if (!reader.TryRead(data, out DependencyDescriptor descriptor))
                continue;
            for (int target = 0; target < descriptor.TargetCount; target++)
                _ = descriptor.IndicationFor(target);
            for (int chain = 0; chain < descriptor.ChainCount; chain++)
                _ = descriptor.ChainDistance(chain);
            _ = DependencyDescriptor.TrySetFrameNumber(data, 4_711);
        }
    }
}
