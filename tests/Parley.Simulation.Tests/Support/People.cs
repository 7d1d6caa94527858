using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Support;

/// <summary>Those who take part in the scenarios.</summary>
public static class People
{
    /// <summary>
    /// The longest freeze that a network as rough as here may cost: a packet whose every repetition was lost stops the picture until libwebrtc, after 3 s, asks for a key frame; the rest
    /// is that request's way and the key frame's, each repeated when lost.
    /// </summary>
    public static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(4);

    /// <summary>Somebody with microphone and camera, whose numbers are close to their wraps in half of all worlds.</summary>
    public static PeerSettings Publisher(World world, string name, VideoSettings camera, LinkSettings link) => new()
    {
        Name = name,
        Camera = camera with
        {
            FirstSequence = world.Entropy.Happens(0.5) ? (ushort)65_500 : null,
            FirstTimestamp = world.Entropy.Happens(0.5) ? uint.MaxValue - 90_000 : null,
            HasTl0PictureIndex = world.Entropy.Happens(0.5),
        },
        Microphone = true,
        FirstAudioSequence = world.Entropy.Happens(0.5) ? (ushort)65_500 : null,
        Uplink = link,
        Downlink = link,
    };

    /// <summary>Somebody who only watches and listens.</summary>
    public static PeerSettings Subscriber(string name, int sound, int pictures, LinkSettings link, SubscriptionMode mode = SubscriptionMode.Automatic) => new()
    {
        Name = name,
        AudioSlots = sound,
        VideoSlots = pictures,
        Mode = mode,
        Uplink = link,
        Downlink = link,
    };

    /// <summary>The networks of all get well; only the jitter stays.</summary>
    public static void Heal(World world)
    {
        foreach (Peer peer in world.Peers)
            peer.Uplink.Settings = peer.Downlink.Settings = LinkSettings.Clean with { Jitter = LinkSettings.Rough.Jitter };
    }

    /// <summary>A subscriber wishes to see cameras.</summary>
    public static void Wish(World world, Peer subscriber, params ReadOnlySpan<(string Name, int Height)> wishes)
    {
        var list = new List<SourceWish>();
        foreach ((string name, int height) in wishes)
            list.Add(new SourceWish(new SourceId(name, SourceKind.Camera), height));
        world.Command(new SetView(subscriber.Transport, list));
    }
}
