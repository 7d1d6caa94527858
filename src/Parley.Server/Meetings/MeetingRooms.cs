using Parley.Server.Nodes;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>A meeting's rooms, at most one on each media node. One caller at a time; opening is the only thing that takes time.</summary>
internal sealed class MeetingRooms(string meeting, IMediaNodes nodes)
{
    private readonly Dictionary<string, Entry> _rooms = [];

    /// <summary>Told of every room that was opened, before anything happens in it.</summary>
    public Action<IMediaRoom> Opened { get; set; } = static _ => { };

    /// <summary>The nodes that a node's room is to be relayed with.</summary>
    public Func<string, IReadOnlyCollection<string>> PeersOf { get; set; } = static _ => [];

    /// <summary>Told of every node that refuses for want of a grant.</summary>
    public Action<string> Ungranted { get; set; } = static _ => { };

    /// <summary>The room on a node, opened when there is none. The node must hold a grant.</summary>
    /// <exception cref="ProblemException">The node refuses, or does not answer.</exception>
    public Task<IMediaRoom> OpenAsync(string node)
    {
        if (_rooms.TryGetValue(node, out Entry? known))
            return known.Room;
        Entry entry = new();
        _rooms[node] = entry;
        return entry.Room = OpenAsync(node, entry);
    }

    /// <summary>The room that is open on a node; null when there is none.</summary>
    public IMediaRoom? Find(string node) => _rooms.TryGetValue(node, out Entry? entry) && entry.Room.IsCompletedSuccessfully ? entry.Room.Result : null;

    /// <summary>Does something in a node's room, which is opened when there is none; gives up at once when the node dies meanwhile.</summary>
    /// <exception cref="ProblemException">The node or its room refuses, or the node does not answer.</exception>
    public async Task<T> AskAsync<T>(string node, Func<IMediaRoom, CancellationToken, Task<T>> ask)
    {
        IMediaRoom room = await OpenAsync(node);
        CancellationToken death = _rooms.TryGetValue(node, out Entry? entry) ? entry.Death.Token : new CancellationToken(canceled: true);
        try
        {
            return await ask(room, death).WaitAsync(death);
        }
        catch (OperationCanceledException)
        {
            throw NodeRefusals.Unreachable(node, "it went away meanwhile.");
        }
        catch (ProblemException problem) when (NodeRefusals.IsNotGranted(problem))
        {
            Ungranted(node);
            throw;
        }
    }

    /// <summary>Ends a transport; nothing happens when it has ended.</summary>
    public void Close(MediaTransport transport) => Find(transport.Node)?.Close(transport.Id);

    /// <summary>Whether a room is one of these still.</summary>
    public bool Has(IMediaRoom room) => Find(room.Node) == room;

    /// <summary>Ends a node's room, or lets go of what is left of it; nobody waits for the node.</summary>
    public void Drop(string node)
    {
        if (!_rooms.Remove(node, out Entry? entry))
            return;
        entry.Death.Cancel();
        if (entry.Room.IsCompletedSuccessfully)
            entry.Room.Result.DisposeAsync().AsTask().Ignore();
    }

    /// <summary>Ends all rooms.</summary>
    public void DropAll()
    {
        foreach (string node in _rooms.Keys.ToArray())
            Drop(node);
    }

    private async Task<IMediaRoom> OpenAsync(string node, Entry entry)
    {
        try
        {
            IMediaNodeLink link = nodes.Find(node) ?? throw NodeRefusals.Unreachable(node, "the directory no longer lists it.");
            IMediaRoom room = await link.OpenRoomAsync(meeting, PeersOf(node), entry.Death.Token).WaitAsync(entry.Death.Token);
            if (!entry.Death.IsCancellationRequested)
            {
                Opened(room);
                return room;
            }

            await room.DisposeAsync();
            throw NodeRefusals.Unreachable(node, "it went away meanwhile.");
        }
        catch (OperationCanceledException)
        {
            throw NodeRefusals.Unreachable(node, "it went away meanwhile.");
        }
        catch (Exception fault)
        {
            // The next one tries again.
            if (_rooms.TryGetValue(node, out Entry? current) && current == entry)
                _rooms.Remove(node);
            if (fault is ProblemException problem && NodeRefusals.IsNotGranted(problem))
                Ungranted(node);
            throw;
        }
    }

    private sealed class Entry
    {
        public CancellationTokenSource Death { get; } = new();

        public Task<IMediaRoom> Room { get; set; } = Task.FromCanceled<IMediaRoom>(new CancellationToken(canceled: true));
    }
}
