using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Problems;

namespace Parley.Server.Tests.Signalling;

public class EncryptedMeetingTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private TestNode Node => fixture.Node;

    [Fact]
    public async Task Two_come_into_one_group()
    {
        string meeting = await CreateAsync();
        await using TestClient ada = await JoinAsync(meeting);
        Assert.True(ada.Encryption.GetProperty("required").GetBoolean());
        Assert.True(ada.Encryption.GetProperty("creator").GetBoolean());
        await ada.SendAsync("mlsCreate", new { generation = ada.Generation });

        await using TestClient bob = await JoinAsync(meeting);
        Assert.Equal((ada.Generation, false, false), (bob.Generation, bob.Encryption.GetProperty("creator").GetBoolean(), bob.Encryption.GetProperty("resumed").GetBoolean()));
        await bob.SendAsync("mlsJoin", new { generation = bob.Generation, keyPackage = "a2V5" });

        JsonElement work = await ada.NextAsync("mlsWork");
        JsonElement addition = Assert.Single(work.GetProperty("add").EnumerateArray());
        Assert.Equal((bob.Id, "a2V5"), (addition.GetProperty("participant").GetString(), addition.GetProperty("keyPackage").GetString()));
        Assert.Empty(work.GetProperty("remove").EnumerateArray());
        await ada.SendAsync("mlsCommit", new { generation = ada.Generation, epoch = 0, commit = "Y29t", welcome = "d2Vs", tree = "dHJl", added = new[] { bob.Id }, removed = Array.Empty<string>() });

        JsonElement welcome = await bob.NextAsync("mlsWelcome");
        Assert.Equal((1L, "d2Vs", "dHJl", ada.Id), (welcome.GetProperty("epoch").GetInt64(), welcome.GetProperty("welcome").GetString(), welcome.GetProperty("tree").GetString(), welcome.GetProperty("from").GetString()));
        await bob.SendAsync("mlsConfirm", new { generation = bob.Generation, epoch = 1 });
        JsonElement confirmed = await bob.NextAsync("mlsConfirmed");
        Assert.Equal((1L, 2, 2), (confirmed.GetProperty("epoch").GetInt64(), confirmed.GetProperty("count").GetInt32(), confirmed.GetProperty("of").GetInt32()));

        await bob.SendAsync("mlsMessage", new { generation = bob.Generation, epoch = 1, message = "aGk" });
        JsonElement message = await ada.NextAsync("mlsMessage");
        Assert.Equal(("aGk", bob.Id, 1L), (message.GetProperty("message").GetString(), message.GetProperty("from").GetString(), message.GetProperty("epoch").GetInt64()));

        await bob.SendAsync("mlsCommit", new { generation = bob.Generation, epoch = 1, commit = "dXBk" });
        Assert.Equal("dXBk", (await ada.NextAsync("mlsCommit")).GetProperty("commit").GetString());
        JsonElement missed = await ada.CallAsync("mlsCatchUp", new { generation = ada.Generation, epoch = 1 });
        Assert.Equal(2, missed.GetProperty("epoch").GetInt64());
        Assert.Equal("dXBk", Assert.Single(missed.GetProperty("commits").EnumerateArray()).GetProperty("commit").GetString());
        JsonElement stale = await ada.RefusedAsync("mlsCommit", new { generation = ada.Generation, epoch = 1, commit = "bGF0" });
        Assert.Equal(("commit-stale", 2L), (stale.GetProperty("code").GetString(), stale.GetProperty("epoch").GetInt64()));

        await ada.LeaveAsync();
        Assert.Equal(ada.Id, (await bob.NextAsync("mlsWork")).GetProperty("remove")[0].GetString());
    }

    [Fact]
    public async Task A_lost_connection_keeps_its_place_in_the_group()
    {
        string meeting = await CreateAsync();
        await using TestClient ada = await JoinAsync(meeting);
        await ada.SendAsync("mlsCreate", new { generation = ada.Generation });
        await using TestClient again = await Node.ConnectAsync();
        await again.JoinWithAsync(new { meeting, name = "", offer = TestClient.Offer, resume = ada.Resume, group = new { generation = ada.Generation, epoch = 0 } });
        Assert.Equal((ada.Id, ada.Generation), (again.Id, again.Generation));
        Assert.True(again.Encryption.GetProperty("resumed").GetBoolean());

        await using TestClient reloaded = await Node.ConnectAsync();
        await reloaded.JoinWithAsync(new { meeting, name = "", offer = TestClient.Offer, resume = again.Resume });
        Assert.True(reloaded.Encryption.GetProperty("creator").GetBoolean());
        Assert.True(reloaded.Generation > ada.Generation);
    }

    [Fact]
    public async Task The_server_is_told_no_names()
    {
        string meeting = await CreateAsync();
        await using TestClient ada = await Node.ConnectAsync();
        Assert.Equal("invalid-field", (await ada.RefusedAsync("join", new { meeting, name = "Ada", offer = TestClient.Offer })).GetProperty("code").GetString());
        await ada.JoinAsync(meeting, "");
        Assert.Equal("", ada.Joined.GetProperty("participants")[0].GetProperty("name").GetString());
        Assert.Equal("invalid-field", (await ada.RefusedAsync("rename", new { name = "Ada" })).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Whip_and_whep_are_refused()
    {
        string meeting = await CreateAsync();
        foreach (string path in (string[])[$"/whip/{meeting}", $"/whep/{meeting}", $"/whep/{meeting}/p_x"])
        {
            using StringContent offer = new(TestClient.Offer);
            offer.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");
            using HttpResponseMessage response = await Node.Http.PostAsync(path, offer);
            Assert.Contains("no server may read it", await ProblemAssert.IsAsync(response, 409, "meeting-encrypted"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Encryption_changes_only_before_anyone_has_joined()
    {
        (string meeting, string hostKey) = await Node.CreateMeetingAsync(e2ee: "required");
        Assert.Equal("off", await ChangedAsync(meeting, hostKey, "off"));
        Assert.Equal("required", await ChangedAsync(meeting, hostKey, "required"));
        await using (TestClient ada = await JoinAsync(meeting))
        {
            Assert.Equal("required", ada.Joined.GetProperty("meeting").GetProperty("e2ee").GetString());
            using HttpResponseMessage during = await PatchAsync(meeting, hostKey, "off");
            await ProblemAssert.IsAsync(during, 409, "encryption-fixed");
            await ada.LeaveAsync();
        }

        using HttpResponseMessage afterwards = await PatchAsync(meeting, hostKey, "off");
        await ProblemAssert.IsAsync(afterwards, 409, "encryption-fixed");
        Assert.Equal("required", await ChangedAsync(meeting, hostKey, "required"));
        using HttpResponseMessage nonsense = await PatchAsync(meeting, hostKey, "maybe");
        await ProblemAssert.IsAsync(nonsense, 400, "invalid-field");
    }

    [Fact]
    public async Task That_somebody_has_joined_survives_a_restart()
    {
        TestNode node = await TestNode.StartAsync();
        (string meeting, string hostKey) = await node.CreateMeetingAsync(e2ee: "required");
        await using (TestClient ada = await node.JoinAsync(meeting, ""))
            await ada.LeaveAsync();
        await node.StopAsync();
        await using TestNode again = await TestNode.StartAgainAsync(node.Options);
        using HttpResponseMessage response = await PatchAsync(again.Http, meeting, hostKey, "off");
        await ProblemAssert.IsAsync(response, 409, "encryption-fixed");
    }

    [Theory]
    [InlineData("mlsJoin", "{\"generation\":1,\"keyPackage\":\"not base64\"}", "invalid-field")]
    [InlineData("mlsJoin", "{\"generation\":1}", "invalid-json")]
    [InlineData("mlsJoin", "{\"generation\":1,\"keyPackage\":\"aaaa\"}", "generation-stale")]
    [InlineData("mlsCommit", "{\"generation\":1,\"epoch\":0,\"commit\":\"\"}", "invalid-field")]
    [InlineData("mlsCommit", "{\"generation\":1,\"epoch\":0,\"commit\":\"aa\",\"added\":[null]}", "invalid-field")]
    [InlineData("mlsMessage", "{\"generation\":1,\"epoch\":0,\"message\":null}", "invalid-json")]
    [InlineData("mlsRefuse", "{\"generation\":1,\"participant\":\"p\",\"reason\":\"dislike\"}", "invalid-field")]
    [InlineData("mlsCatchUp", "{\"generation\":1,\"epoch\":0}", "generation-stale")]
    public async Task What_cannot_be_is_refused(string call, string argument, string code)
    {
        await using TestClient ada = await JoinAsync(await CreateAsync());
        Assert.Equal(code, (await ada.RefusedAsync(call, JsonElement.Parse(argument))).GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_too_large_is_refused()
    {
        await using TestClient ada = await JoinAsync(await CreateAsync());
        Assert.Equal("mls-too-large", await CodeAsync(ada, "mlsJoin", new { generation = 1, keyPackage = new string('a', 11_000) }));
        Assert.Equal("mls-too-large", await CodeAsync(ada, "mlsMessage", new { generation = 1, epoch = 0, message = new string('a', 90_000) }));
        Assert.Equal("mls-too-large", await CodeAsync(ada, "mlsCommit", new { generation = 1, epoch = 0, commit = new string('a', 1_000_000), tree = new string('a', 900_000) }));
        Assert.Equal("generation-stale", await CodeAsync(ada, "mlsCommit", new { generation = 1, epoch = 0, commit = new string('a', 900_000), tree = new string('a', 900_000) }));
    }

    [Fact]
    public async Task A_meeting_without_encryption_has_no_group()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        Assert.False(ada.Encryption.GetProperty("required").GetBoolean());
        Assert.Equal("encryption-off", await CodeAsync(ada, "mlsCreate", new { generation = 1 }));
    }

    private static async Task<string> CodeAsync(TestClient client, string call, object argument) => (await client.RefusedAsync(call, argument)).GetProperty("code").GetString()!;

    private async Task<string> CreateAsync() => (await Node.CreateMeetingAsync(e2ee: "required")).Id;

    private Task<TestClient> JoinAsync(string meeting) => Node.JoinAsync(meeting, "");

    private Task<HttpResponseMessage> PatchAsync(string id, string hostKey, string e2ee) => PatchAsync(Node.Http, id, hostKey, e2ee);

    private async Task<string> ChangedAsync(string id, string hostKey, string e2ee)
    {
        using HttpResponseMessage response = await PatchAsync(id, hostKey, e2ee);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("e2ee").GetString()!;
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient http, string id, string hostKey, string e2ee)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{id}") { Content = JsonContent.Create(new { e2ee }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hostKey);
        return await http.SendAsync(request);
    }
}
