using Parley.Rtc.Primitives;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Publishers;

/// <summary>A simulated camera: one clock, one or more layers.</summary>
public sealed class VideoSender
{
    private readonly TimeSpan _interval;
    private MonotonicTime _start;

    /// <summary>Makes a camera that is off.</summary>
    public VideoSender(PeerPort port, VideoSettings settings, byte[] mid, IReadOnlyList<(uint Media, uint Rtx)> ssrcs, SeededEntropy entropy)
    {
        _interval = TimeSpan.FromSeconds(1) / settings.FrameRate;
        Layers = [.. ssrcs.Select((pair, index) => new LayerSender(port, settings, index, mid, pair, entropy.Fork()))];
    }

    /// <summary>The layers, lowest first.</summary>
    public IReadOnlyList<LayerSender> Layers { get; }

    /// <summary>When the next frame is due; <see cref="MonotonicTime.Never"/> while it is off.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>How long it has been on.</summary>
    public TimeSpan Since(MonotonicTime now) => now - _start;

    /// <summary>Turns it on.</summary>
    public void Start(MonotonicTime now)
    {
        _start = now;
        NextDeadline = now;
    }

    /// <summary>Turns it off.</summary>
    public void Stop() => NextDeadline = MonotonicTime.Never;

    /// <summary>Sends a frame of each layer if it is time.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (now < NextDeadline)
            return;
        foreach (LayerSender layer in Layers)
            layer.SendFrame(NextDeadline - _start, now);
        NextDeadline += _interval;
    }

    /// <summary>The layer with this SSRC; null when there is none.</summary>
    public LayerSender? Find(uint ssrc)
    {
        foreach (LayerSender layer in Layers)
        {
            if (layer.Ssrc == ssrc)
                return layer;
        }

        return null;
    }
}
