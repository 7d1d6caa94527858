using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Publishers;

namespace Parley.Simulation.Peers;

/// <summary>A person who joins: what they publish and receive, and over which network.</summary>
public sealed record PeerSettings
{
    /// <summary>The participant's id.</summary>
    public required string Name { get; init; }

    /// <summary>The camera; null for none.</summary>
    public VideoSettings? Camera { get; init; }

    /// <summary>Whether there is a microphone.</summary>
    public bool Microphone { get; init; }

    /// <summary>The microphone's first sequence number; null for a random one.</summary>
    public ushort? FirstAudioSequence { get; init; }

    /// <summary>Slots for sound.</summary>
    public int AudioSlots { get; init; }

    /// <summary>Slots for pictures.</summary>
    public int VideoSlots { get; init; }

    /// <summary>Who decides what the slots show.</summary>
    public SubscriptionMode Mode { get; init; } = SubscriptionMode.Automatic;

    /// <summary>Whose tracks to play, with <see cref="SubscriptionMode.Participant"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether retransmissions have a stream of their own.</summary>
    public bool Rtx { get; init; } = true;

    /// <summary>The way to the server.</summary>
    public LinkSettings Uplink { get; init; } = LinkSettings.Clean;

    /// <summary>The way from the server.</summary>
    public LinkSettings Downlink { get; init; } = LinkSettings.Clean;
}
