using System.Buffers.Binary;
using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>
/// Keeps the frame numbers of dependency descriptors growing over source switches: one offset a source. Within a source they stay as they are, since frames refer to each other by
/// them (AV1 RTP payload specification, appendix A).
/// </summary>
public struct FrameNumbers
{
    private ushort _last;
    private bool _hasLast;

    /// <summary>The offset of the current source.</summary>
    public ushort Offset { get; private set; }

    /// <summary>The offset with which a new source would begin.</summary>
    public readonly ushort OffsetFor(ReceivedPacket packet) =>
        TryRead(packet, out ushort number) && _hasLast ? (ushort)(_last + 1 - number) : Offset;

    /// <summary>Notes that a packet was sent with <paramref name="offset"/>.</summary>
    public void Commit(ReceivedPacket packet, ushort offset)
    {
        Offset = offset;
        if (!TryRead(packet, out ushort number))
            return;
        ushort sent = (ushort)(number + offset);
        if (!_hasLast || (short)(ushort)(sent - _last) > 0)
            _last = sent;
        _hasLast = true;
    }

    private static bool TryRead(ReceivedPacket packet, out ushort number)
    {
        for (int i = 0; i < packet.ExtensionCount; i++)
        {
            ForwardedExtension extension = packet.ExtensionAt(i);
            if (extension.Kind != ExtensionKind.DependencyDescriptor || extension.Length < DependencyDescriptor.MandatoryLength)
                continue;
            number = BinaryPrimitives.ReadUInt16BigEndian(packet.Data(extension)[1..]);
            return true;
        }

        number = 0;
        return false;
    }
}
