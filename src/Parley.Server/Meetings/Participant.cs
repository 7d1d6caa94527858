using Parley.Routing.Geofences;
using Parley.Server.Nodes;

namespace Parley.Server.Meetings;

/// <summary>A participant in its meeting's memory.</summary>
internal sealed class Participant
{
    private readonly List<MediaTransport> _retiring = [];

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Its place in the order of joining.</summary>
    public required long Since { get; init; }

    /// <summary>The country it is in.</summary>
    public required string Country { get; set; }

    /// <summary>Its own geofence; null: none.</summary>
    public Geofence? Fence { get; set; }

    /// <summary>Whether it decides for the meeting.</summary>
    public bool IsHost { get; set; }

    /// <summary>Whether its microphone is on.</summary>
    public bool Microphone { get; set; }

    /// <summary>Whether its camera is on.</summary>
    public bool Camera { get; set; }

    /// <summary>Whether the others know of it: a WHIP publisher's arrival is told when its media arrives.</summary>
    public bool Shown { get; set; }

    /// <summary>Its SignalR connection; null for WHIP, and after a loss.</summary>
    public string? Connection { get; set; }

    /// <summary>Where its events go; null as <see cref="Connection"/>.</summary>
    public IParticipantObserver? Observer { get; set; }

    /// <summary>When its connection was lost; null while it has one, and for WHIP.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Its newest transport; null after it ended.</summary>
    public MediaTransport? Transport { get; private set; }

    /// <summary>As everyone sees it.</summary>
    public ParticipantInfo Info => new(Id, Name, Microphone, Camera, Since);

    /// <summary>All its transports that have not ended.</summary>
    public IEnumerable<MediaTransport> Transports => Transport is { } newest ? _retiring.Append(newest) : _retiring;

    /// <summary>Takes a new transport; the one before goes on until the new one carries media.</summary>
    public void Replace(MediaTransport transport)
    {
        if (Transport is { } old)
            _retiring.Add(old);
        Transport = transport;
    }

    /// <summary>The transports that can be closed now that the newest carries media.</summary>
    public MediaTransport[] TakeRetired()
    {
        MediaTransport[] retired = [.. _retiring];
        _retiring.Clear();
        return retired;
    }

    /// <summary>Forgets a transport that ended; true when it was the newest.</summary>
    public bool Forget(MediaTransport transport)
    {
        _retiring.Remove(transport);
        if (Transport != transport)
            return false;
        Transport = null;
        return true;
    }
}
