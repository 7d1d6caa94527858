using System.Buffers.Binary;
using System.Net;
using Parley.Net.Clocks;

namespace Parley.NetLab.Network;

/// <summary>
/// The network between the namespaces: one thread that reads what each sends from its TUN device and writes it to the receiver's when it is due. Delay, jitter, loss, rate, queue and cuts are
/// drawn from one seed. Each interface's packets are captured as they pass it: what is sent even when it is lost on the way, what is received when it arrives.
/// </summary>
internal sealed unsafe class Wan : IDisposable
{
    private const int LargestPacket = 2048;
    private const int PacketsPerTurn = 64;
    private const int IdleMilliseconds = 20;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Waiting, (long Due, long Order)> _waiting = new();
    private readonly Stack<byte[]> _pool = new();
    private readonly Dictionary<(uint From, uint To), long> _last = [];
    private volatile Random _random;
    private readonly Thread _thread;
    // The thread may still be reading from one that was detached just now.
    private readonly List<WanPort> _detached = [];
    private volatile WanPort[] _ports = [];
    private volatile Ways _ways = new([], []);
    private volatile bool _stopping;
    private long _order;

    public Wan(int seed)
    {
        _random = new Random(seed);
        _thread = new Thread(Run) { Name = "lab-wan", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Everything that is attached.</summary>
    public IReadOnlyList<WanPort> Ports => _ports;

    /// <summary>Packets that were lost on the way by chance, in full queues, and at cuts.</summary>
    public (long Chance, long Queues, long Cuts) Lost { get; private set; }

    /// <summary>Draws chances from another seed from now on.</summary>
    public void Seed(int seed) => _random = new Random(seed);

    /// <summary>Detaches a namespace, which is gone; its capture stays.</summary>
    public void Detach(WanPort port)
    {
        port.IsUnplugged = true;
        lock (_gate)
        {
            _ports = [.. _ports.Where(one => one != port)];
            _detached.Add(port);
        }

    }

    /// <summary>Attaches a namespace: its interface <c>wan0</c> has this address and leads everywhere.</summary>
    public WanPort Attach(string name, string place, IPAddress address, string captureFile)
    {
        NetworkNamespace space = NetworkNamespace.Create(name);
        TunDevice device = TunDevice.Open(space, "wan0");
        space.Shell($"""
            echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
            echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
            ip link set lo up
            ip address add {address}/32 dev wan0
            ip link set wan0 mtu 1500 txqueuelen 2000 up
            ip route add default dev wan0
            """);
        WanPort port = new(name, place, address, space, device, captureFile);
        lock (_gate)
            _ports = [.. _ports, port];
        return port;
    }

    /// <summary>The way between two places, both directions.</summary>
    public void Connect(string one, string other, LinkShape shape)
    {
        lock (_gate)
            _ways = _ways with { Shapes = new(_ways.Shapes) { [(one, other)] = shape, [(other, one)] = shape } };
    }

    /// <summary>Lets nothing pass any more between who is named first and who is named second.</summary>
    public void Cut(IEnumerable<string> one, IEnumerable<string> other)
    {
        lock (_gate)
        {
            HashSet<(string, string)> cuts = [.. _ways.Cuts];
            foreach (string a in one)
            {
                foreach (string b in other)
                {
                    cuts.Add((a, b));
                    cuts.Add((b, a));
                }
            }

            _ways = _ways with { Cuts = cuts };
        }
    }

    /// <summary>Ends all cuts.</summary>
    public void Heal()
    {
        lock (_gate)
            _ways = _ways with { Cuts = [] };
    }

    /// <summary>Stops carrying anything; captures are complete after this.</summary>
    public void Stop()
    {
        _stopping = true;
        _thread.Join();
    }

    public void Dispose()
    {
        Stop();
        foreach (WanPort port in _ports.Concat(_detached))
        {
            port.Dispose();
            port.Space.Dispose();
        }
    }

    private void Run()
    {
        // All of the lab's times pass through here.
        _ = Libc.SetPriority(0, 0, -10);
        WanPort[] ports = [];
        Libc.PollEntry[] entries = [];
        while (!_stopping)
        {
            if (ports != _ports)
            {
                ports = _ports;
                entries = Array.ConvertAll(ports, static port => new Libc.PollEntry { Descriptor = port.Descriptor, Events = Libc.PollIn });
            }

            int wait = Deliver();
            fixed (Libc.PollEntry* first = entries)
                _ = Libc.Poll(first, (ulong)ports.Length, wait);
            for (int i = 0; i < ports.Length; i++)
            {
                if (entries[i].Returned != 0)
                    Take(ports[i], ports);
            }
        }
    }

    /// <summary>Writes what is due; how many milliseconds nothing else is.</summary>
    private int Deliver()
    {
        long now = Now;
        while (_waiting.TryPeek(out Waiting packet, out (long Due, long Order) key))
        {
            if (key.Due > now)
                return (int)Math.Clamp((key.Due - now + 999) / 1000, 1, IdleMilliseconds);
            _waiting.Dequeue();
            if (!packet.HasPassedTheLastLine)
                PassTheLastLine(packet, key.Due);
            else
                Arrive(packet, now);
        }

        return IdleMilliseconds;
    }

    // Packets come to a receiver's line from near and far, and pass it in the order in which they come there.
    private void PassTheLastLine(in Waiting packet, long now)
    {
        if (packet.To.Receive(now, packet.Length) is { } passed)
        {
            _waiting.Enqueue(packet with { HasPassedTheLastLine = true }, (passed, _order++));
            return;
        }

        Lost = Lost with { Queues = Lost.Queues + 1 };
        _pool.Push(packet.Buffer);
    }

    private void Arrive(in Waiting packet, long now)
    {
        if (packet.To.IsUnplugged)
        {
            Lost = Lost with { Cuts = Lost.Cuts + 1 };
        }
        else
        {
            packet.To.Capture.Write(packet.Buffer.AsSpan(0, packet.Length), now);
            fixed (byte* bytes = packet.Buffer)
                _ = Libc.Write(packet.To.Descriptor, bytes, (nuint)packet.Length);
        }

        _pool.Push(packet.Buffer);
    }

    private void Take(WanPort from, WanPort[] ports)
    {
        for (int i = 0; i < PacketsPerTurn; i++)
        {
            byte[] buffer = _pool.TryPop(out byte[]? used) ? used : new byte[LargestPacket];
            nint length;
            fixed (byte* bytes = buffer)
                length = Libc.Read(from.Descriptor, bytes, LargestPacket);
            if (length <= 0)
            {
                _pool.Push(buffer);
                return;
            }

            long now = Now;
            from.Capture.Write(buffer.AsSpan(0, (int)length), now);
            if (!TryForward(from, ports, buffer, (int)length, now))
                _pool.Push(buffer);
        }
    }

    private bool TryForward(WanPort from, WanPort[] ports, byte[] buffer, int length, long now)
    {
        // IPv4 only, and only from the address that the interface has.
        if (length < DestinationOffset + 4 || buffer[0] >> 4 != 4 || BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(SourceOffset)) != from.Number)
            return false;
        uint destination = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(DestinationOffset));
        WanPort? to = Array.Find(ports, port => port.Number == destination);
        if (to is null)
            return false;
        Ways ways = _ways;
        if (from.IsUnplugged || ways.Cuts.Contains((from.Name, to.Name)))
        {
            Lost = Lost with { Cuts = Lost.Cuts + 1 };
            return false;
        }

        LinkShape core = ways.Shapes.GetValueOrDefault((from.Place, to.Place)) ?? new LinkShape();
        if (IsLost(from.Uplink) || IsLost(core) || IsLost(to.Downlink))
        {
            Lost = Lost with { Chance = Lost.Chance + 1 };
            return false;
        }

        if (from.Send(now, length) is not { } sent)
        {
            Lost = Lost with { Queues = Lost.Queues + 1 };
            return false;
        }

        long last = _last.GetValueOrDefault((from.Number, to.Number));
        long due = Math.Max(last, sent + Microseconds(core.Delay) + Jitter(from.Uplink) + Jitter(core) + Jitter(to.Downlink));
        _last[(from.Number, to.Number)] = due;
        _waiting.Enqueue(new Waiting(to, buffer, length, HasPassedTheLastLine: false), (due, _order++));
        return true;
    }

    private static long Now => MonotonicClock.Shared.Now.Microseconds;

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private bool IsLost(LinkShape shape) => shape.Loss > 0 && _random.NextDouble() < shape.Loss;

    private long Jitter(LinkShape shape) => shape.Jitter > TimeSpan.Zero ? _random.NextInt64(Microseconds(shape.Jitter)) : 0;

    private sealed record Ways(Dictionary<(string, string), LinkShape> Shapes, HashSet<(string, string)> Cuts);
}
