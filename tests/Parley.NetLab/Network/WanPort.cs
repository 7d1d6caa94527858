using System.Net;
using Parley.NetLab.Captures;

namespace Parley.NetLab.Network;

/// <summary>Where a namespace meets the emulated network: its only interface beside loopback. The emulator's thread owns the private state.</summary>
internal sealed class WanPort : IDisposable
{
    private readonly TunDevice _device;
    private long _uplinkFree;
    private long _downlinkFree;

    public WanPort(string name, string place, IPAddress address, NetworkNamespace space, TunDevice device, string captureFile)
    {
        Name = name;
        Place = place;
        Address = address;
        Space = space;
        _device = device;
        Capture = new PcapWriter(captureFile);
        Number = Addresses.Number(address);
    }

    /// <summary>Who is behind it.</summary>
    public string Name { get; }

    /// <summary>In which country.</summary>
    public string Place { get; }

    public IPAddress Address { get; }

    /// <summary>The address in network byte order as a number.</summary>
    public uint Number { get; }

    public NetworkNamespace Space { get; }

    public int Descriptor => _device.Descriptor;

    /// <summary>Every packet that passed the interface.</summary>
    public PcapWriter Capture { get; }

    /// <summary>The way from the interface into the network.</summary>
    public LinkShape Uplink { get; set; } = new();

    /// <summary>The way from the network to the interface.</summary>
    public LinkShape Downlink { get; set; } = new();

    /// <summary>Whether the cable is out, both ways.</summary>
    public bool IsUnplugged { get; set; }

    /// <summary>When a packet that comes now has left the sender's line; null: its queue is full.</summary>
    public long? Send(long now, int length) => Pass(ref _uplinkFree, Uplink, now, length);

    /// <summary>When a packet that reaches the receiver's line now has passed it; null: its queue is full.</summary>
    public long? Receive(long now, int length) => Pass(ref _downlinkFree, Downlink, now, length);

    public void Dispose()
    {
        _device.Dispose();
        Capture.Dispose();
    }

    // Microseconds; a line sends one packet after the other, and what waits is what its rate has not sent yet.
    private static long? Pass(ref long free, LinkShape line, long now, int length)
    {
        long begin = Math.Max(free, now);
        if ((begin - now) * line.Rate / 8_000_000 > line.Queue)
            return null;
        free = begin + (length * 8_000_000L / line.Rate);
        return free + (line.Delay.Ticks / TimeSpan.TicksPerMicrosecond);
    }
}
