using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Nodes;
using Parley.Server.Tests.Media;

namespace Parley.Server.Tests.Nodes;

public class DirectoryChangeTests
{
    private const string Meeting = "eu-fra-00000000000000000001";

    [Fact]
    public async Task A_directory_that_cannot_be_believed_is_kept_out_and_a_newer_one_is_taken()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        NodeDirectory held = world["eu-fra"].Get<NodeDirectory>();
        RegionDirectory now = world.Directory;
        using ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string duplicate = SignedDocument.Sign(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(now with { Version = 9, Regions = [.. now.Regions, NodeWorld.Region("us-sea")] }, System.Text.Json.JsonSerializerOptions.Web), world.Operator);
        Assert.Contains("does not follow version 1", held.Accept(DirectorySigner.Sign(now with { Version = 1, Issued = now.Issued - 5 }, world.Operator)), StringComparison.Ordinal);
        Assert.Contains("not signed by the operator key", held.Accept(DirectorySigner.Sign(now with { Version = 9 }, stranger)), StringComparison.Ordinal);
        Assert.Equal("Region 'us-sea' is listed twice.", held.Accept(duplicate));
        Assert.Contains("expired", held.Accept(DirectorySigner.Sign(now with { Version = 9, Issued = now.Issued - 1000, Expires = now.Issued - 500 }, world.Operator)), StringComparison.Ordinal);
        Assert.Equal(1, held.Current.Version);

        world.Put("nonsense");
        world.Publish(now with { Regions = [.. now.Regions, NodeWorld.Region("eu-ams")] });
        await Until.TrueAsync(() => held.Current.Version == 2, seconds: 3);
        Assert.NotNull(held.Current.FindRegion("eu-ams"));
    }

    [Fact]
    public async Task A_node_whose_key_is_revoked_holds_nothing_within_a_second_and_is_let_in_nowhere()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        await using IMediaRoom room = await home.OpenAsync(Meeting, away);
        FakeRoom fake = away.Media.Room;
        world.Publish(world.Directory with { Revoked = [away.Entry.Key] });
        await Until.TrueAsync(() => away.Get<NodeDirectory>().Current.Version == 2);
        await Until.TrueAsync(() => fake.IsDisposed, seconds: 1);
        Assert.Equal(0, away.Get<HostedRooms>().Count);
        using HttpClient http = new() { BaseAddress = away.Running.Address };
        using HttpResponseMessage ready = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Contains("node-unlisted", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Until.TrueAsync(() => home.Links.Find(away.Id) is null, seconds: 2);
        await Until.TrueAsync(() => !away.Links.Find(home.Id)!.IsAlive, seconds: 3);
    }

    [Fact]
    public async Task A_region_that_leaves_the_directory_while_it_carries_a_meeting_lets_go_of_it()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        await using IMediaRoom room = await home.OpenAsync(Meeting, away);
        FakeRoom fake = away.Media.Room;
        world.Publish(world.Directory with { Regions = [NodeWorld.Region("eu-fra")], Nodes = [home.Entry] });
        await Until.TrueAsync(() => away.Get<NodeDirectory>().Current.Version == 2);
        await Until.TrueAsync(() => fake.IsDisposed, seconds: 1);
        await Until.TrueAsync(() => home.Links.All.Count == 1, seconds: 2);
    }

    [Fact]
    public async Task A_rotated_key_takes_over_at_a_restart_while_both_are_listed_and_meetings_go_on()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        await using IMediaRoom room = await home.OpenAsync(Meeting, away);
        FakeRoom fake = away.Media.Room;

        // The home's key is rotated: both of its keys are listed, as two nodes, while the old one still runs.
        using ECDsa next = KeyFolder.Open(home.Options.Data).OpenNext();
        Node nextEntry = home.Entry with { Id = "eu-fra-2", Key = PublicKeys.Write(next) };
        world.Publish(world.Directory with { Nodes = [.. world.Directory.Nodes, nextEntry] });
        await Until.TrueAsync(() => away.Get<NodeDirectory>().Current.Version == 2);
        Assert.Null(await home.Links.Find(away.Id)!.GrantAsync(home.Sign(home.Grant(Meeting, away))));
        Assert.False(fake.IsDisposed);

        await home.StopAsync();
        await home.StartAsync();
        Assert.Equal("eu-fra-2", home.Running.NodeId);
        await Until.TrueAsync(() => home.Links.Find(away.Id)!.IsAlive && away.Links.Find("eu-fra-2")!.IsAlive);
        await using IMediaRoom taken = await home.Links.Find(away.Id)!.OpenRoomAsync(Meeting);
        string renewed = Routing.Grants.GrantSigner.Sign(home.Grant(Meeting, away) with { Issuer = "eu-fra-2" }, next);
        Assert.Null(await home.Links.Find(away.Id)!.GrantAsync(renewed));
        Assert.Same(fake, away.Media.Room);

        // The old key goes: nothing hangs on it any more.
        world.Publish(world.Directory with { Nodes = [away.Entry, nextEntry], Revoked = [home.Entry.Key] });
        await Until.TrueAsync(() => away.Get<NodeDirectory>().Current.Version == 3);
        await Task.Delay(HostedRooms.SweepPeriod * 2, TestContext.Current.CancellationToken);
        Assert.False(fake.IsDisposed);
        await taken.ConnectAsync(new Parley.Server.Media.MediaOffer { Participant = "p", Sdp = "v=0" });
    }

    [Fact]
    public async Task A_node_that_its_directory_does_not_list_does_not_start()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra"]);
        await using WorldNode other = new(world["eu-fra"].Options with { Data = Path.Combine(world["eu-fra"].Options.Data, "other"), Control = "" }, realMedia: false);
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(other.StartAsync);
        Assert.Contains("does not list this node's key", refused.Message, StringComparison.Ordinal);
    }
}
