using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes.Wire;

/// <summary>A room's figures as they cross between nodes: its transports; what the shard counts of all rooms stays at the shard.</summary>
internal static class WireStatistics
{
    /// <summary>Writes figures.</summary>
    public static Statistics Write(ShardStatistics statistics)
    {
        Statistics written = new();
        written.Transports.Add(statistics.Transports.Select(Write));
        return written;
    }

    /// <summary>Reads figures.</summary>
    public static ShardStatistics Read(Statistics statistics) => new()
    {
        Rooms = 1,
        DatagramsReceived = 0,
        DatagramsSent = 0,
        BytesReceived = 0,
        BytesSent = 0,
        Drops = new Dictionary<string, long>(),
        Transports = [.. statistics.Transports.Select(Read)],
    };

    private static Statistics.Types.Transport Write(TransportStatistics transport)
    {
        Statistics.Types.Transport written = new()
        {
            Transport_ = transport.Transport.Value,
            Participant = transport.Participant,
            Connected = transport.Connected,
            UplinkLoss = transport.UplinkLoss,
            DownlinkLoss = transport.DownlinkLoss,
            ReceiveBitrate = transport.ReceiveBitrate,
            SendBitrate = transport.SendBitrate,
        };
        if (transport.RoundTrip is { } roundTrip)
            written.RoundTrip = roundTrip;
        return written;
    }

    private static TransportStatistics Read(Statistics.Types.Transport transport) => new()
    {
        Room = default,
        Transport = new TransportId(transport.Transport_),
        Participant = transport.Participant,
        Connected = transport.Connected,
        RoundTrip = transport.HasRoundTrip ? transport.RoundTrip : null,
        UplinkLoss = transport.UplinkLoss,
        DownlinkLoss = transport.DownlinkLoss,
        ReceiveBitrate = transport.ReceiveBitrate,
        SendBitrate = transport.SendBitrate,
    };
}
