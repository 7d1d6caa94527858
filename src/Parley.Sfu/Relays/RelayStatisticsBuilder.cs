using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>Makes an immutable picture of a relay link's counters.</summary>
public static class RelayStatisticsBuilder
{
    /// <summary>Makes the picture.</summary>
    public static RelayStatistics Build(RelayLink link) => new()
    {
        Link = link.Id,
        Connected = link.Transport.Srtp is not null,
        RoundTrip = link.RoundTrip == TimeSpan.Zero ? null : link.RoundTrip.TotalMilliseconds,
        BytesReceived = link.Transport.BytesReceived,
        BytesSent = link.Transport.BytesSent,
        PacketsReceived = link.Transport.PacketsReceived,
        PacketsSent = link.Transport.PacketsSent,
        Rows = [.. link.Rows.Values.Select(Build)],
    };

    private static RelayRowStatistics Build(RelayRow row) => new(
        row.Room.Id,
        row.Number,
        [.. from outlet in row.Outlets from lane in outlet.Lanes where lane.Slot is not null select Build(outlet, lane)],
        [.. from inlet in row.Inlets from stream in inlet.Streams where stream.Packets > 0 || IsWanted(stream) select Build(inlet, stream)]);

    private static RelayLayerStatistics Build(RelayOutlet outlet, RelayLane lane) =>
        new(outlet.Publication.Id, lane.Index, lane.IsWanted, lane.Slot!.Slot.PacketCount, lane.Slot.Slot.OctetCount);

    private static RelayLayerStatistics Build(RelayInlet inlet, RelayStream stream) =>
        new(inlet.Publication.Id, stream.Layer.Index, IsWanted(stream), stream.Packets, stream.Bytes);

    private static bool IsWanted(RelayStream stream) => (stream.Inlet.Wanted & (1u << stream.Layer.Index)) != 0;
}
