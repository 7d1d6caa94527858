using Parley.Rtc.Primitives;

namespace Parley.Simulation.Networks;

/// <summary>One direction of a path: says of each packet when it arrives, if at all, and whether twice.</summary>
public sealed class Link
{
    private readonly SeededEntropy _entropy;
    private LinkSettings _settings;
    private GilbertElliott _loss;
    private MonotonicTime _sendingUntil;
    private MonotonicTime _lastArrival;
    private MonotonicTime _jitterUntil;
    private TimeSpan _jitter;

    /// <summary>Makes a link.</summary>
    public Link(LinkSettings settings, SeededEntropy entropy)
    {
        _entropy = entropy;
        _settings = settings;
        _loss = LossOf(settings);
    }

    /// <summary>How it behaves; may change at any time, packets under way are not touched.</summary>
    public LinkSettings Settings
    {
        get => _settings;
        set
        {
            _settings = value;
            _loss = LossOf(value);
        }
    }

    /// <summary>Packets that were sent into it.</summary>
    public long Offered { get; private set; }

    /// <summary>Packets that it lost, in bursts or because its queue was full.</summary>
    public long Lost { get; private set; }

    /// <summary>Sends a packet and returns how often it arrives: never, once or twice.</summary>
    public int Send(int length, MonotonicTime now, out MonotonicTime arrival, out MonotonicTime secondArrival)
    {
        Offered++;
        secondArrival = default;
        if (!TryQueue(length, now, out MonotonicTime sent) || _loss.Loses(sent))
        {
            arrival = default;
            Lost++;
            return 0;
        }

        arrival = ArrivalOf(sent);
        if (!_entropy.Happens(_settings.Duplication))
            return 1;
        secondArrival = arrival + _entropy.NextDuration(TimeSpan.FromMilliseconds(20));
        return 2;
    }

    private bool TryQueue(int length, MonotonicTime now, out MonotonicTime sent)
    {
        sent = now;
        if (_settings.Rate == 0)
            return true;
        MonotonicTime start = _sendingUntil > now ? _sendingUntil : now;
        if (start - now > _settings.Queue)
            return false;
        sent = _sendingUntil = start + new TimeSpan(length * 8 * TimeSpan.TicksPerSecond / _settings.Rate);
        return true;
    }

    private MonotonicTime ArrivalOf(MonotonicTime sent)
    {
        if (sent >= _jitterUntil)
        {
            _jitter = _entropy.NextDuration(_settings.Jitter);
            _jitterUntil = sent + _entropy.NextDuration(_settings.JitterPeriod * 2);
        }

        MonotonicTime arrival = sent + _settings.Delay + _jitter;
        if (_entropy.Happens(_settings.Reordering))
            return arrival + _entropy.NextDuration(_settings.ReorderingDelay);
        if (arrival < _lastArrival)
            arrival = _lastArrival;
        _lastArrival = arrival;
        return arrival;
    }

    private GilbertElliott LossOf(LinkSettings settings) => new(settings.Loss, settings.MeanBurst, _entropy);
}
