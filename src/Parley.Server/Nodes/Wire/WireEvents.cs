using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes.Wire;

/// <summary>What happens in a room, to and from the form in which it crosses between nodes.</summary>
internal static class WireEvents
{
    /// <summary>Writes an event; null when it is none that crosses.</summary>
    public static RoomNews? Write(ShardEvent news) => news switch
    {
        TransportConnected e => new RoomNews { Connected = e.Transport.Value },
        TransportClosed e => new RoomNews { Closed = new Closed { Transport = e.Transport.Value, Reason = (int)e.Reason } },
        SourceStarted e => new RoomNews { Started = Source(e.Transport, e.Source, e.Relay) },
        SourceStopped e => new RoomNews { Stopped = Source(e.Transport, e.Source, e.Relay) },
        SlotChanged e => new RoomNews { Slot = Slot(e) },
        SpeakersChanged e => new RoomNews { Speakers = Speakers(e) },
        StatisticsReported e => new RoomNews { Statistics = WireStatistics.Write(e.Statistics) },
        RelayLost e => new RoomNews { RelayLost = new LostRelay { Peer = e.Peer, Reason = e.Reason } },
        _ => null,
    };

    /// <summary>Reads an event; null when it is none, or makes no sense.</summary>
    public static ShardEvent? Read(RoomNews news) => news.WhatCase switch
    {
        RoomNews.WhatOneofCase.Connected => new TransportConnected(default, new TransportId(news.Connected)),
        RoomNews.WhatOneofCase.Closed => new TransportClosed(default, new TransportId(news.Closed.Transport), Reason(news.Closed.Reason)),
        RoomNews.WhatOneofCase.Started when WireNames.Read(news.Started.Source) is { } source =>
            new SourceStarted(default, new TransportId(news.Started.Transport), source) { Relay = Relay(news.Started) },
        RoomNews.WhatOneofCase.Stopped when WireNames.Read(news.Stopped.Source) is { } source =>
            new SourceStopped(default, new TransportId(news.Stopped.Transport), source) { Relay = Relay(news.Stopped) },
        RoomNews.WhatOneofCase.Slot => new SlotChanged(default, new TransportId(news.Slot.Transport), news.Slot.Mid, WireNames.Read(news.Slot.Source), news.Slot.Timestamp),
        RoomNews.WhatOneofCase.Speakers => new SpeakersChanged(default, news.Speakers.HasDominant ? news.Speakers.Dominant : null, [.. news.Speakers.Audible]),
        RoomNews.WhatOneofCase.Statistics => new StatisticsReported(WireStatistics.Read(news.Statistics)),
        RoomNews.WhatOneofCase.RelayLost => new RelayLost(news.RelayLost.Peer, news.RelayLost.Reason),
        _ => null,
    };

    private static SourceNews Source(TransportId transport, SourceId source, RelayLinkId? relay)
    {
        SourceNews written = new() { Transport = transport.Value, Source = WireNames.Write(source) };
        if (relay is { } link)
            written.Relay = link.Value;
        return written;
    }

    private static RelayLinkId? Relay(SourceNews news) => news.HasRelay ? new RelayLinkId(news.Relay) : null;

    private static Slot Slot(SlotChanged e)
    {
        Slot written = new() { Transport = e.Transport.Value, Mid = e.Mid, Timestamp = e.FromTimestamp };
        if (e.Source is { } source)
            written.Source = WireNames.Write(source);
        return written;
    }

    private static Speakers Speakers(SpeakersChanged e)
    {
        Speakers written = new();
        if (e.Dominant is { } dominant)
            written.Dominant = dominant;
        written.Audible.Add(e.Audible);
        return written;
    }

    private static TransportCloseReason Reason(int value) => value is >= 0 and <= byte.MaxValue && Enum.IsDefined((TransportCloseReason)value) ? (TransportCloseReason)value : TransportCloseReason.Fault;
}
