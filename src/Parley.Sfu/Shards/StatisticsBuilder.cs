using Parley.Sfu.Packets;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Shards;

/// <summary>Makes an immutable picture of a shard's counters.</summary>
public static class StatisticsBuilder
{
    /// <summary>Makes the picture.</summary>
    public static ShardStatistics Build(RoomContext context, ConnectionRegistry registry, RelayRegistry relays)
    {
        ShardTraffic traffic = context.Traffic;
        return new ShardStatistics
        {
            Rooms = registry.RoomCount,
            DatagramsReceived = traffic.DatagramsReceived,
            DatagramsSent = traffic.DatagramsSent,
            BytesReceived = traffic.BytesReceived,
            BytesSent = traffic.BytesSent,
            Drops = traffic.Drops.Snapshot(),
            Transports = [.. registry.Connections.Select(Build)],
            Relays = [.. relays.Links.Select(RelayStatisticsBuilder.Build)],
        };
    }

    private static TransportStatistics Build(Connection connection) => new()
    {
        Room = connection.Room.Id,
        Transport = connection.Id,
        Participant = connection.Participant,
        Connected = connection.Transport.Srtp is not null,
        RoundTrip = connection.Meter.RoundTrip?.TotalMilliseconds,
        UplinkLoss = connection.Meter.UplinkLoss,
        DownlinkLoss = connection.Meter.DownlinkLoss,
        ReceiveBitrate = connection.Meter.ReceiveBitrate,
        SendBitrate = connection.Meter.SendBitrate,
    };
}
