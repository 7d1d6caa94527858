using Parley.NetLab.Captures.Control;
using Parley.NetLab.Network;
using Parley.Routing.Directory;

namespace Parley.NetLab.Captures;

/// <summary>
/// Finds whatever may belong to a meeting among all packets of the interfaces of a region's nodes. One thing alone does not: what nodes ask each other of their lives, a TCP connection between
/// the addresses of two nodes, one of them at its control port, over TLS, in which every gRPC message is a <c>PingCall</c> or a <c>PingAnswer</c>. That is not told by port or by size: the
/// connections are decrypted with the secrets that the nodes' TLS wrote down, and each message is read. Everything else counts: any UDP and ICMP, any packet from or to a participant, any other
/// port, any other message (grants, revocations, rooms, relays), and whatever cannot be read. Of a connection to or from the region, what its sender's interface saw is read: also what was lost
/// on the way.
/// </summary>
internal sealed class RegionAudit
{
    private readonly List<ControlConnection> _connections = [];
    private readonly Dictionary<WanPort, List<IpPacket>> _packets = [];
    private readonly Dictionary<(uint, string), bool> _statements = [];
    private readonly IReadOnlyDictionary<uint, string> _nodes;
    private readonly HashSet<string> _ids;
    private readonly RegionDirectory _directory;
    private readonly KeyLog _keys;
    private readonly int _controlPort;

    /// <summary>Reads the captures of all nodes.</summary>
    /// <param name="ports">The interfaces of all nodes.</param>
    /// <param name="directory">Their keys.</param>
    /// <param name="keys">The secrets of their connections.</param>
    /// <param name="controlPort">The port of their control endpoints.</param>
    public RegionAudit(IEnumerable<WanPort> ports, RegionDirectory directory, KeyLog keys, int controlPort)
    {
        WanPort[] all = [.. ports];
        (_directory, _keys, _controlPort) = (directory, keys, controlPort);
        _nodes = all.ToDictionary(static port => port.Number, static port => port.Name);
        _ids = [.. _nodes.Values];
        Dictionary<(uint, ushort, uint, ushort), ControlConnection> open = [];
        foreach (WanPort port in all)
        {
            port.Capture.Flush();
            _packets[port] = [.. PcapReader.Read(port.Capture.Path).Select(static captured => IpPacket.TryRead(captured, out IpPacket packet) ? packet : new IpPacket { Time = captured.Time })];
        }

        // A connection's beginning comes before its answer, whoever is read first.
        foreach ((IpPacket packet, WanPort port) in _packets.SelectMany(static entry => entry.Value.Select(packet => (packet, entry.Key))).OrderBy(static entry => entry.packet.Time))
        {
            if (packet.Source == port.Number && IsControl(packet))
                Follow(open, packet);
        }
    }

    /// <summary>Packets of the interfaces that were looked at so far.</summary>
    public int Packets { get; private set; }

    /// <summary>Liveness messages that were read so far.</summary>
    public int Pings { get; private set; }

    /// <summary>Everything that was found on an interface between two times, us.</summary>
    public List<Finding> Find(WanPort port, long from, long to)
    {
        List<Finding> found = [];
        foreach (IpPacket packet in _packets[port].Where(packet => packet.Time >= from && packet.Time <= to))
        {
            Packets++;
            if (!IsControl(packet))
                found.Add(new Finding(port.Name, packet.Time, packet.Source == 0 ? "a packet that is not whole IPv4" : $"{packet}"));
        }

        foreach (ControlConnection connection in _connections.Where(connection => connection.Touches(port.Number)))
            found.AddRange(Read(port.Name, connection, from, to));
        found.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        return found;
    }

    private bool IsControl(in IpPacket packet) => packet.Protocol == IpPacket.Tcp && _nodes.ContainsKey(packet.Source) && _nodes.ContainsKey(packet.Destination)
        && (packet.SourcePort == _controlPort || packet.DestinationPort == _controlPort);

    private void Follow(Dictionary<(uint, ushort, uint, ushort), ControlConnection> open, in IpPacket packet)
    {
        bool isClient = packet.DestinationPort == _controlPort;
        (uint, ushort, uint, ushort) key = isClient
            ? (packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort)
            : (packet.Destination, packet.DestinationPort, packet.Source, packet.SourcePort);
        // A port that is used again begins a new connection.
        if (!open.TryGetValue(key, out ControlConnection? connection) || (isClient && packet.IsSyn && connection.Client.Bytes.Length > 0))
        {
            connection = open[key] = new ControlConnection(key.Item1, key.Item3);
            _connections.Add(connection);
        }

        (isClient ? connection.Client : connection.Server).Add(packet);
    }

    private List<Finding> Read(string name, ControlConnection connection, long from, long to)
    {
        List<Finding> found = [];
        foreach (bool isClient in (bool[])[true, false])
        {
            ByteStream stream = isClient ? connection.Client : connection.Server;
            string sender = _nodes[isClient ? connection.ClientAddress : connection.ServerAddress];
            bool isRead = TlsReader.TryRead(stream, connection.Client, connection.Server, isClient, _keys, out List<(long Time, byte[] Bytes)> said, out (long Time, string What)? fault);
            GrpcReader reader = new(isClient);
            foreach ((long time, byte[] bytes) in said)
            {
                foreach ((uint at, byte[] message) in reader.Take(bytes))
                {
                    if (time < from || time > to)
                        continue;
                    if (LivenessMessage.FindFault(message, !isClient, text => IsStatement(sender, text), _ids) is { } what)
                        found.Add(new Finding(name, time, $"{sender} said on stream {at} what is no question of life: {what} ({message.Length} bytes)"));
                    else
                        Pings++;
                }
            }

            if (!isRead && fault!.Value.Time >= from && fault.Value.Time <= to)
                found.Add(new Finding(name, fault.Value.Time, $"{sender} sent {fault.Value.What}"));
            if (stream.HasGap)
                found.Add(new Finding(name, from, $"{sender} sent bytes before others of which the capture has none"));
        }

        return found;
    }

    private bool IsStatement(string sender, string text)
    {
        uint key = _nodes.First(entry => entry.Value == sender).Key;
        if (!_statements.TryGetValue((key, text), out bool known))
            known = _statements[(key, text)] = NodeStatementSigner.TryVerify(text, sender, _directory, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out _, out _);
        return known;
    }
}
