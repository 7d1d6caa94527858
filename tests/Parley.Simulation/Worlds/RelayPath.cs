using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;

namespace Parley.Simulation.Worlds;

/// <summary>The network between two shards and the relay link on it.</summary>
public sealed class RelayPath
{
    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(100);

    private readonly World _world;

    /// <summary>Makes a path without a link.</summary>
    public RelayPath(World world, WorldNode first, WorldNode second, LinkSettings settings)
    {
        _world = world;
        First = first;
        Second = second;
        There = new Link(settings, world.Entropy.Fork());
        Back = new Link(settings, world.Entropy.Fork());
    }

    /// <summary>The shard that initiates.</summary>
    public WorldNode First { get; }

    /// <summary>The shard that waits.</summary>
    public WorldNode Second { get; }

    /// <summary>The way from the first to the second.</summary>
    public Link There { get; }

    /// <summary>The way from the second to the first.</summary>
    public Link Back { get; }

    /// <summary>The relay link opened last.</summary>
    public RelayLinkId Id { get; private set; }

    /// <summary>The room's row.</summary>
    public uint Row { get; private set; }

    /// <summary>Changes how both ways behave.</summary>
    public void Set(LinkSettings settings) => There.Settings = Back.Settings = settings;

    /// <summary>Has the control plane open a link at both ends, and join the room to it.</summary>
    public void Open(uint row)
    {
        Id = new RelayLinkId(_world.NextNumber());
        byte[] firstPrint = Draw(32), secondPrint = Draw(32);
        (string firstUfrag, string secondUfrag) = (_world.Entropy.NextText(8), _world.Entropy.NextText(8));
        (string firstPassword, string secondPassword) = (_world.Entropy.NextText(24), _world.Entropy.NextText(24));
        FakeDtlsFactory.Pair(First.Dtls, secondPrint, Second.Dtls, firstPrint, _world.Entropy);
        var first = new OpenRelayLink
        {
            Link = Id,
            Initiator = true,
            LocalUfrag = firstUfrag,
            LocalPassword = firstPassword,
            RemoteUfrag = secondUfrag,
            RemotePassword = secondPassword,
            RemoteAddresses = [Second.Address],
            RemoteFingerprint = secondPrint,
        };
        _world.Command(first, First);
        _world.Command(
            first with
            {
                Initiator = false,
                LocalUfrag = secondUfrag,
                LocalPassword = secondPassword,
                RemoteUfrag = firstUfrag,
                RemotePassword = firstPassword,
                RemoteAddresses = [],
                RemoteFingerprint = firstPrint,
            },
            Second);
        Join(First, row);
        Join(Second, row);
        NudgeHandshake(secondPrint, 50);
    }

    /// <summary>Has one end join the room.</summary>
    public void Join(WorldNode node, uint row)
    {
        Row = row;
        _world.Command(new JoinRelay(World.Room, Id, row), node);
    }

    /// <summary>Has one end leave.</summary>
    public void Leave(WorldNode node) => _world.Command(new LeaveRelay(World.Room, Id), node);

    /// <summary>What one end counts of the room.</summary>
    public RelayRowStatistics? Count(WorldNode node)
    {
        _world.Command(new ReportStatistics(), node);
        return node.Events.OfType<StatisticsReported>().Last().Statistics.Relays.FirstOrDefault(relay => relay.Link == Id)?.Rows is [var row, ..] ? row : null;
    }

    // What a handshake's own thread does: says hello again until it is answered.
    private void NudgeHandshake(byte[] fingerprint, int times) => _world.At(_world.Now + Nudge, () =>
    {
        if (First.Dtls.Find(fingerprint) is not { IsHandshaking: false } && times > 0)
        {
            First.Dtls.Find(fingerprint)?.Nudge();
            NudgeHandshake(fingerprint, times - 1);
        }
    });

    private byte[] Draw(int length)
    {
        byte[] bytes = new byte[length];
        _world.Entropy.Fill(bytes);
        return bytes;
    }
}
