using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Configuration;
using Parley.Server.Keys;
using Parley.Server.Media;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Media;

/// <summary>Rooms on real shards: what is answered to real browsers' offers, and to offers that no browser makes.</summary>
public sealed class MediaNodeTests : IAsyncLifetime
{
    private const string Meeting = "eu-fra-00000000000000000001";

    private static readonly Dictionary<string, SourceKind> NoSources = [];

    private readonly string _data = System.IO.Directory.CreateTempSubdirectory("parley-media-").FullName;
    private readonly NodeKeys _keys;
    private readonly MediaNode _node;

    public MediaNodeTests()
    {
        _keys = NodeKeys.Open(_data);
        NodeOptions options = new() { Data = _data, MediaPort = 0, Shards = 2, Announce = ["192.0.2.7", "2001:db8::7"] };
        _node = new MediaNode(options, _keys, new TunnelAddresses(options), TimeProvider.System, NullLogger<MediaNode>.Instance);
    }

    public async ValueTask InitializeAsync() => await _node.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _keys.Dispose();
        System.IO.Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task The_certificate_stays_over_restarts_and_goes_with_the_key()
    {
        NodeOptions options = new() { Data = _data, MediaPort = 0, Shards = 1 };
        await using MediaNode again = new(options, _keys, new TunnelAddresses(options), TimeProvider.System, NullLogger<MediaNode>.Instance);
        await again.StartAsync(CancellationToken.None);
        Assert.Equal(_node.Fingerprint.ToArray(), again.Fingerprint.ToArray());

        string file = Path.Combine(_keys.Folder, "dtls.der");
        await File.WriteAllTextAsync(file, "nonsense");
        await using MediaNode afresh = new(options, _keys, new TunnelAddresses(options), TimeProvider.System, NullLogger<MediaNode>.Instance);
        await afresh.StartAsync(CancellationToken.None);
        Assert.NotEqual(_node.Fingerprint.ToArray(), afresh.Fingerprint.ToArray());

        File.Delete(Path.Combine(_keys.Folder, "node.pem"));
        using NodeKeys others = NodeKeys.Open(_data);
        await using MediaNode other = new(options, others, new TunnelAddresses(options), TimeProvider.System, NullLogger<MediaNode>.Instance);
        await other.StartAsync(CancellationToken.None);
        Assert.NotEqual(afresh.Fingerprint.ToArray(), other.Fingerprint.ToArray());
    }

    [Theory]
    [InlineData("chromium-meeting")]
    [InlineData("firefox-meeting")]
    [InlineData("chromium-sendrecv")]
    public void A_browsers_offer_is_answered_with_the_shards_place(string golden)
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        MediaAnswer answer = room.Connect(Offer(Golden(golden)));
        Assert.Contains($"a=ice-ufrag:s0t{answer.Transport.Value}x", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains("a=ice-lite", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains("a=setup:passive", answer.Sdp, StringComparison.Ordinal);
        int port = _node.Snapshot()[0].Port;
        Assert.Contains($" 192.0.2.7 {port} typ host", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains($" 2001:db8::7 {port} typ host", answer.Sdp, StringComparison.Ordinal);
        Assert.DoesNotContain(" 127.0.0.1 " + port, answer.Sdp, StringComparison.Ordinal);
        Assert.True(answer.Audio && answer.Video);
    }

    [Fact]
    public async Task Rooms_go_to_the_shard_with_the_least_to_do_and_are_counted()
    {
        using IShardRoom one = _node.OpenRoom(Meeting);
        using IShardRoom two = _node.OpenRoom(Meeting);
        string first = one.Connect(Offer(Golden("chromium-meeting"))).Sdp;
        string second = two.Connect(Offer(Golden("chromium-meeting"))).Sdp;
        Assert.Contains("a=ice-ufrag:s0t", first, StringComparison.Ordinal);
        Assert.Contains("a=ice-ufrag:s1t", second, StringComparison.Ordinal);

        // The room learns of its own transport only, once a second.
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        StatisticsReported report = Assert.IsType<StatisticsReported>(await one.Events.ReadAsync(patience.Token));
        Assert.Equal("p_test", Assert.Single(report.Statistics.Transports).Participant);
        await two.Events.ReadAsync(patience.Token);
        Assert.All(_node.Snapshot(), shard => Assert.Equal(1, shard.Statistics!.Rooms));
    }

    [Fact]
    public void A_re_offer_keeps_the_credentials_and_an_ICE_restart_changes_them()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        string offer = Golden("chromium-meeting");
        MediaAnswer answer = room.Connect(Offer(offer));
        string ufrag = Line(answer.Sdp, "a=ice-ufrag:");
        string again = room.Renegotiate(answer.Transport, offer, NoSources);
        Assert.Equal(ufrag, Line(again, "a=ice-ufrag:"));
        Assert.Equal(Line(answer.Sdp, "a=ice-pwd:"), Line(again, "a=ice-pwd:"));

        string restart = room.Renegotiate(answer.Transport, offer.Replace(Line(offer, "a=ice-ufrag:"), "a=ice-ufrag:new1", StringComparison.Ordinal), NoSources);
        Assert.NotEqual(ufrag, Line(restart, "a=ice-ufrag:"));
        Assert.NotEqual(Line(answer.Sdp, "a=ice-pwd:"), Line(restart, "a=ice-pwd:"));
    }

    [Fact]
    public void A_user_fragment_is_its_participants_until_the_transport_ends_over_an_ICE_restart_too()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        string offer = Golden("chromium-meeting");
        MediaAnswer answer = room.Connect(Offer(offer));
        string first = Line(answer.Sdp, "a=ice-ufrag:")[12..];
        Assert.Equal(new UfragOwner(Meeting, "p_test", room.Port), _node.FindOwner(first));
        Assert.Null(_node.FindOwner(first + "x"));

        string second = Line(room.Renegotiate(answer.Transport, offer.Replace(Line(offer, "a=ice-ufrag:"), "a=ice-ufrag:new1", StringComparison.Ordinal), NoSources), "a=ice-ufrag:")[12..];
        Assert.Equal(_node.FindOwner(first), _node.FindOwner(second));
        string third = Line(room.Renegotiate(answer.Transport, offer.Replace(Line(offer, "a=ice-ufrag:"), "a=ice-ufrag:new2", StringComparison.Ordinal), NoSources), "a=ice-ufrag:")[12..];
        Assert.Null(_node.FindOwner(first));
        Assert.NotNull(_node.FindOwner(second));
        room.Close(answer.Transport);
        Assert.Null(_node.FindOwner(second));
        Assert.Null(_node.FindOwner(third));
    }

    [Fact]
    public void A_transport_that_has_ended_takes_no_re_offer()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        MediaAnswer answer = room.Connect(Offer(Golden("chromium-meeting")));
        room.Close(answer.Transport);
        Assert.Equal("offer-refused", Assert.Throws<ProblemException>(() => room.Renegotiate(answer.Transport, Golden("chromium-meeting"), NoSources)).Code);
    }

    [Fact]
    public void WHIP_must_publish_and_WHEP_must_receive()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        room.Connect(Offer(Golden("chromium-whip")) with { Directions = MediaDirections.Publish });
        room.Connect(Offer(Golden("chromium-whep")) with { Directions = MediaDirections.Receive });
        Assert.Equal("offer-refused", Assert.Throws<ProblemException>(() => room.Connect(Offer(Golden("chromium-whep")) with { Directions = MediaDirections.Publish })).Code);
        Assert.Equal("offer-refused", Assert.Throws<ProblemException>(() => room.Connect(Offer(Golden("chromium-whip")) with { Directions = MediaDirections.Receive })).Code);
    }

    [Fact]
    public void Offers_that_no_browser_makes_are_problems()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        string golden = Golden("chromium-whip");
        StringBuilder many = new(golden);
        for (int i = 0; i < 10_000; i++)
            many.Append("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n");
        Refused(many.ToString(), 400, "sdp-too-many-media");
        Refused(golden + new string('x', 1_000_000), 413, "sdp-too-large");
        Refused("", 400, "sdp-malformed");
        Refused("v=0\r\n", 400, "sdp-");
        Refused(golden.Replace("a=fingerprint", "a=fingerprant", StringComparison.Ordinal), 400, "sdp-fingerprint-missing");

        void Refused(string sdp, int status, string code)
        {
            Problem problem = Assert.Throws<ProblemException>(() => room.Connect(Offer(sdp))).ToProblem();
            Assert.StartsWith(code, problem.Code, StringComparison.Ordinal);
            Assert.Equal(status, problem.Status);
            Assert.NotEmpty(problem.Detail);
        }
    }

    [Fact]
    public void Any_cut_of_an_offer_is_an_answer_or_a_problem()
    {
        using IShardRoom room = _node.OpenRoom(Meeting);
        string golden = Golden("chromium-whip");
        CsCheck.Check.Sample(
            CsCheck.Gen.Int[0, golden.Length],
            at =>
            {
                try
                {
                    room.Close(room.Connect(Offer(golden[..at])).Transport);
                }
                catch (ProblemException)
                {
                    // That is the other answer.
                }
            },
            iter: 200);
        Assert.True(_node.IsHealthy);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_explained()
    {
        NodeOptions options = new() { Data = _data, MediaPort = _node.Snapshot()[0].Port, Shards = 1 };
        await using MediaNode second = new(options, _keys, new TunnelAddresses(options), TimeProvider.System, NullLogger<MediaNode>.Instance);
        IOException refused = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(CancellationToken.None));
        Assert.Contains("--media-port", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_node_has_no_room()
    {
        IShardRoom room = _node.OpenRoom(Meeting);
        await _node.StopAsync(CancellationToken.None);
        await room.Events.Completion.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(_node.IsHealthy);
        Assert.Equal("media-unavailable", Assert.Throws<ProblemException>(() => _node.OpenRoom(Meeting)).Code);
        room.Dispose();
    }

    private static MediaOffer Offer(string sdp) => new() { Participant = "p_test", Sdp = sdp };

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", name + ".sdp"));

    private static string Line(string sdp, string start) => sdp.Split('\n').Select(line => line.TrimEnd()).First(line => line.StartsWith(start, StringComparison.Ordinal));
}
