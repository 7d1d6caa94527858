using System.Runtime.CompilerServices;
using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Tracks;

/// <summary>
/// A decrypted packet with all that its slots need to know, read once. One object per shard is filled again for every packet; the bytes stay in the packet buffer and are
/// never changed while slots read them.
/// </summary>
public sealed class ReceivedPacket
{
    /// <summary>The most header extensions that are forwarded.</summary>
    public const int MaximumExtensions = 8;

    private readonly PacketPool _pool;
    private ExtensionArray _extensions;

    /// <summary>Makes an empty packet over the buffers of a shard.</summary>
    public ReceivedPacket(PacketPool pool) => _pool = pool;

    /// <summary>The packet buffer.</summary>
    public int Slot { get; private set; }

    /// <summary>The extended sequence number in its layer.</summary>
    public long Sequence { get; set; }

    /// <summary>The extended timestamp in its layer.</summary>
    public long Timestamp { get; set; }

    /// <summary>When it arrived.</summary>
    public MonotonicTime Arrival { get; private set; }

    /// <summary>The marker bit.</summary>
    public bool Marker { get; private set; }

    /// <summary>The publisher's codec.</summary>
    public NegotiatedCodec? Codec { get; private set; }

    /// <summary>Where the payload begins in the buffer.</summary>
    public int PayloadOffset { get; private set; }

    /// <summary>Bytes of payload, without padding.</summary>
    public int PayloadLength { get; private set; }

    /// <summary>What the payload says about its frame; nothing for sound.</summary>
    public FrameFacts Frame { get; set; }

    /// <summary>Whether its number is the highest seen of its layer.</summary>
    public bool IsInOrder { get; set; }

    /// <summary>The VP8 descriptor; nothing with other codecs.</summary>
    public Vp8Descriptor Vp8 { get; private set; }

    /// <summary>The VP9 descriptor; nothing with other codecs.</summary>
    public Vp9Descriptor Vp9 { get; private set; }

    /// <summary>Whether the packet was sent again by the publisher (RFC 4588).</summary>
    public bool IsRetransmission { get; private set; }

    /// <summary>The payload.</summary>
    public ReadOnlySpan<byte> Payload => _pool.Bytes(Slot).Slice(PayloadOffset, PayloadLength);

    /// <summary>How many header extensions there are to forward.</summary>
    public int ExtensionCount { get; private set; }

    /// <summary>One of the header extensions to forward.</summary>
    public ForwardedExtension ExtensionAt(int index) => _extensions[index];

    /// <summary>The bytes of an extension.</summary>
    public ReadOnlySpan<byte> Data(ForwardedExtension extension) => _pool.Bytes(Slot).Slice(extension.Offset, extension.Length);

    /// <summary>Reads a packet in clear at the start of a buffer.</summary>
    /// <param name="slot">The buffer.</param>
    /// <param name="header">The packet in it.</param>
    /// <param name="extensions">The publisher's extension ids.</param>
    /// <param name="codec">The codec of its payload type.</param>
    /// <param name="arrival">When it arrived.</param>
    /// <param name="isRetransmission">Whether it came through RTX.</param>
    public void Read(int slot, in RtpHeaderView header, ExtensionMap extensions, NegotiatedCodec codec, MonotonicTime arrival, bool isRetransmission)
    {
        Slot = slot;
        Arrival = arrival;
        Marker = header.Marker;
        Codec = codec;
        PayloadOffset = header.HeaderLength;
        PayloadLength = header.Payload.Length;
        Frame = default;
        IsRetransmission = isRetransmission;
        ReadExtensions(header, extensions);
        ReadDescriptor(codec.Kind);
    }

    private void ReadDescriptor(CodecKind kind)
    {
        Vp8 = kind == CodecKind.Vp8 && Vp8Descriptor.TryRead(Payload, out Vp8Descriptor vp8) ? vp8 : default;
        Vp9 = kind == CodecKind.Vp9 && Vp9Descriptor.TryRead(Payload, out Vp9Descriptor vp9) ? vp9 : default;
    }

    private void ReadExtensions(in RtpHeaderView header, ExtensionMap extensions)
    {
        ExtensionCount = 0;
        ReadOnlySpan<byte> bytes = _pool.Bytes(Slot);
        foreach (RtpExtensionView extension in header.Extensions)
        {
            ExtensionKind kind = extensions.KindOf(extension.Id);
            if (!IsForwarded(kind) || ExtensionCount == MaximumExtensions || extension.Data.IsEmpty)
                continue;
            bytes.Overlaps(extension.Data, out int offset);
            _extensions[ExtensionCount++] = new ForwardedExtension(kind, (ushort)offset, (byte)extension.Data.Length);
        }
    }

    // Names are ours to stamp, transport-wide numbers and layer allocations are a hop's own affair.
    private static bool IsForwarded(ExtensionKind kind) => kind is ExtensionKind.AudioLevel or ExtensionKind.AbsoluteCaptureTime
        or ExtensionKind.DependencyDescriptor or ExtensionKind.VideoOrientation or ExtensionKind.PlayoutDelay;

    [InlineArray(MaximumExtensions)]
    private struct ExtensionArray
    {
        private ForwardedExtension _first;
    }
}
