namespace Parley.Rtc.Rtcp;

/// <summary>What transport-wide feedback says about one packet.</summary>
/// <param name="Sequence">The packet's transport-wide sequence number.</param>
/// <param name="Received">Whether it had arrived.</param>
/// <param name="ArrivalTicks">When it arrived, by the receiver's clock, in units of 250 microseconds; of no meaning when it had not.</param>
public readonly record struct TransportStatus(ushort Sequence, bool Received, long ArrivalTicks);
