using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;

namespace Parley.Fuzz.Targets;

/// <summary>Payload descriptors of every codec, and rewriting them: the first byte of the input chooses the codec.</summary>
internal static class PayloadTarget
{
    private static readonly CodecKind[] Codecs = [CodecKind.Vp8, CodecKind.Vp9, CodecKind.H264, CodecKind.Av1, CodecKind.Red];

    public static void Run(byte[] input)
    {
        if (input.Length == 0)
            return;
        CodecKind codec = Codecs[input[0] % Codecs.Length];
        byte[] payload = input[1..];
        _ = PayloadReader.TryRead(codec, payload, marker: true, out FrameInfo _);
        _ = RedPayload.TryReadPrimary(payload, out _, out ReadOnlySpan<byte> _);
        _ = H264SequenceParameters.TryReadSize(payload, out _, out _);
        Rewrite(payload);
    }

    // What was rewritten must read as what was written: a viewer's decoder depends on it.
    private static void Rewrite(byte[] payload)
    {
        byte[] changed = [.. payload];
        if (Vp8Descriptor.TryRead(payload, out Vp8Descriptor vp8))
        {
            PictureIds.Rewrite(changed, vp8, 0x55, 0x66, 0x07);
            if (!Vp8Descriptor.TryRead(changed, out Vp8Descriptor after) || after.Length != vp8.Length || (vp8.PictureIdBits > 0 && after.PictureId != 0x55))
                throw new InvalidOperationException("A rewritten VP8 descriptor reads differently.");
        }

        changed = [.. payload];
        if (Vp9Descriptor.TryRead(payload, out Vp9Descriptor vp9))
        {
            PictureIds.Rewrite(changed, vp9, 0x55, 0x66);
            if (!Vp9Descriptor.TryRead(changed, out Vp9Descriptor after) || after.Length != vp9.Length)
                throw new InvalidOperationException("A rewritten VP9 descriptor reads differently.");
        }
    }
}
