using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>A peer connection that someone asks for.</summary>
internal sealed record MediaOffer
{
    /// <summary>Whose it is.</summary>
    public required string Participant { get; init; }

    /// <summary>The offer.</summary>
    public required string Sdp { get; init; }

    /// <summary>What each sending m-line carries, by mid.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources { get; init; } = new Dictionary<string, SourceKind>();

    /// <summary>Which directions are wanted.</summary>
    public MediaDirections Directions { get; init; } = MediaDirections.Both;

    /// <summary>Who decides what the slots show.</summary>
    public SubscriptionMode Mode { get; init; }

    /// <summary>Counts the transports of one participant over all nodes, growing: of two that publish the same source, the larger one's is played.</summary>
    public long Since { get; init; }

    /// <summary>Whose tracks to play, with <see cref="SubscriptionMode.Participant"/>.</summary>
    public string? Subject { get; init; }
}
