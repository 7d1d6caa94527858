using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>A transport's figures, refreshed once a second.</summary>
public sealed class ConnectionMeter
{
    /// <summary>A longer round trip is a broken report.</summary>
    public static readonly TimeSpan MaximumRoundTrip = TimeSpan.FromSeconds(20);

    // A report of one second weighs this much in the loss figures, so that they tell of the last seconds.
    private const double Weight = 0.3;

    private MonotonicTime _since;
    private long _received;
    private long _sent;

    /// <summary>The latest round trip; null before the first.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Share of the peer's packets lost on the way to us lately.</summary>
    public double UplinkLoss { get; private set; }

    /// <summary>Share of our packets that the peer reports lost lately.</summary>
    public double DownlinkLoss { get; private set; }

    /// <summary>Bits a second received.</summary>
    public long ReceiveBitrate { get; private set; }

    /// <summary>Bits a second sent.</summary>
    public long SendBitrate { get; private set; }

    /// <summary>Notes a measured round trip.</summary>
    public void OnRoundTrip(TimeSpan roundTrip) => RoundTrip = roundTrip;

    /// <summary>Notes what the peer lost, in units of 1/256.</summary>
    public void OnDownlinkLoss(byte fraction) => DownlinkLoss += Weight * ((fraction / 256.0) - DownlinkLoss);

    /// <summary>Notes what we lost, in units of 1/256.</summary>
    public void OnUplinkLoss(byte fraction) => UplinkLoss += Weight * ((fraction / 256.0) - UplinkLoss);

    /// <summary>Takes the byte counts of the whole life and derives the bit rates since the last call.</summary>
    public void Refresh(long received, long sent, MonotonicTime now)
    {
        long ticks = (now - _since).Ticks;
        if (ticks <= 0)
            return;
        ReceiveBitrate = (long)((Int128)(received - _received) * 8 * TimeSpan.TicksPerSecond / ticks);
        SendBitrate = (long)((Int128)(sent - _sent) * 8 * TimeSpan.TicksPerSecond / ticks);
        _since = now;
        _received = received;
        _sent = sent;
    }
}
