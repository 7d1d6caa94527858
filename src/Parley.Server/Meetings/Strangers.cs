using Parley.Routing.Routes;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>
/// After a restart of the home: transports of its life before, whose people have not come again or have newer ones. They are closed while the fences of those people still count
/// (<see cref="MeetingRouteOptions.Former"/>), since afterwards nothing would protect who reaches their media node but not the home.
/// </summary>
internal sealed class Strangers(MeetingState state, MeetingRooms rooms, RouteMemory former, long start)
{
    /// <summary>Milliseconds after the restart until when people can come again and keep what they have; rooms report once a second.</summary>
    public const long Patience = RouteTimes.Carrying - 4_000;

    // Of a transport that was made just now the node may tell before the meeting has heard of it.
    private const long Sureness = 1_500;

    private readonly Dictionary<MediaTransport, long> _seen = [];

    /// <summary>Takes note of the transports that a node's room holds, and closes those whose time is over.</summary>
    /// <param name="node">The node.</param>
    /// <param name="transports">All transports of the room.</param>
    /// <param name="now">The time, ms, as for the start.</param>
    /// <returns>How many were closed.</returns>
    public int Look(string node, IEnumerable<TransportStatistics> transports, long now)
    {
        if (former.Nodes.Count == 0 || now >= start + RouteTimes.Carrying)
            return 0;
        int closed = 0;
        foreach (TransportStatistics reported in transports)
        {
            MediaTransport transport = new(node, reported.Transport);
            if (IsKnown(transport))
                _seen.Remove(transport);
            else if (_seen.TryAdd(transport, now) || now < start + Patience || now < _seen[transport] + Sureness)
                continue;
            else
            {
                rooms.Close(transport);
                closed++;
            }
        }

        return closed;
    }

    private bool IsKnown(MediaTransport transport) => state.Roster.Find(transport) is not null || state.Sessions.Values.Any(session => session.Transport == transport);
}
