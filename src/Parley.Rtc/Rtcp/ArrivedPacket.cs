using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtcp;

/// <summary>A packet that arrived, for transport-wide feedback.</summary>
/// <param name="Sequence">Its transport-wide sequence number, extended so that it never wraps.</param>
/// <param name="Arrival">When it arrived.</param>
public readonly record struct ArrivedPacket(long Sequence, MonotonicTime Arrival);
