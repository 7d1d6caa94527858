using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Relays;

/// <summary>Relay links between real sockets, with real handshakes in which both ends show certificates.</summary>
public sealed class RelayTests
{
    private static readonly RelayLinkId Link = new(9);

    public static TheoryData<ShellKind> Shells => Kit.Shells.All;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Sound_crosses_from_one_shard_to_another(ShellKind shell)
    {
        await using var first = new RelayNode(shell);
        await using var second = new RelayNode(shell);
        Open(first, second, second.Fingerprint, first.Fingerprint);
        await first.Expect<RelayLinkConnected>();
        await second.Expect<RelayLinkConnected>();
        first.Post(new JoinRelay(RelayNode.Room, Link, 3));
        second.Post(new JoinRelay(RelayNode.Room, Link, 3));

        await using var ada = new SocketPeer(first, 1, "ada", publishes: true);
        await using var bob = new SocketPeer(second, 2, "bob", publishes: false);
        SourceStarted started = await second.Expect<SourceStarted>();
        Assert.Equal(new SourceId("ada", SourceKind.Microphone), started.Source);
        Assert.Equal(Link, started.Relay);
        await Until.True(() => bob.Received >= 50);

        RelayStatistics sent = await first.Count();
        Assert.Equal(new SourceId("ada", SourceKind.Microphone), Assert.Single(Assert.Single(sent.Rows).Sent).Source);
        second.Post(new LeaveRelay(RelayNode.Room, Link));
        Assert.Equal(started.Source, (await second.Expect<SourceStopped>()).Source);
        first.Post(new CloseRelayLink(Link));
        Assert.Equal(RelayCloseReason.Requested, (await first.Expect<RelayLinkClosed>()).Reason);
        Assert.Equal(RelayCloseReason.PeerClosed, (await second.Expect<RelayLinkClosed>()).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_with_another_certificate_gets_no_link(bool isInitiatorWrong)
    {
        await using var first = new RelayNode(ShellKind.Automatic);
        await using var second = new RelayNode(ShellKind.Automatic);
        byte[] wrong = new byte[32];
        Open(first, second, isInitiatorWrong ? second.Fingerprint : wrong, isInitiatorWrong ? wrong : first.Fingerprint);
        RelayNode deceived = isInitiatorWrong ? second : first;
        Assert.Equal(RelayCloseReason.HandshakeFailed, (await deceived.Expect<RelayLinkClosed>()).Reason);
    }

    private static void Open(RelayNode first, RelayNode second, byte[] expectedOfSecond, byte[] expectedOfFirst)
    {
        var open = new OpenRelayLink
        {
            Link = Link,
            Initiator = true,
            LocalUfrag = "first-node",
            LocalPassword = "a password of the first one",
            RemoteUfrag = "second-node",
            RemotePassword = "a password of the second one",
            RemoteAddresses = [second.Address],
            RemoteFingerprint = expectedOfSecond,
        };
        first.Post(open);
        second.Post(open with
        {
            Initiator = false,
            LocalUfrag = open.RemoteUfrag,
            LocalPassword = open.RemotePassword,
            RemoteUfrag = open.LocalUfrag,
            RemotePassword = open.LocalPassword,
            RemoteAddresses = [],
            RemoteFingerprint = expectedOfFirst,
        });
    }
}
