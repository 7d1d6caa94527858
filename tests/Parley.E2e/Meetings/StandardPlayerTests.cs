using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.Meetings;

public class StandardPlayerTests
{
    [Fact]
    public async Task Chromium_publishes_over_whip_and_plays_over_whep_without_parleys_client()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person publisher = await Person.ArriveAsync(browser, "Publisher", Colour.WarmAmber, tone: 500);
        await using Person player = await Person.ArriveAsync(browser, "Player", Colour.WarmAmber, tone: 500);
        using HttpClient http = new() { BaseAddress = node.Url };
        string meeting = await CreateMeetingAsync(http);

        await publisher.Page.GotoAsync(new Uri(node.Url, "/healthz").ToString());
        await player.Page.GotoAsync(new Uri(node.Url, "/healthz").ToString());
        Resource published = (await publisher.Page.AskAsync<Resource>(Scripts.PublishWhip, $"/whip/{meeting}?participant=camera1"))!;
        Assert.Equal((int)HttpStatusCode.Created, published.Status);
        Resource played = (await player.Page.AskAsync<Resource>(Scripts.PlayWhep, $"/whep/{meeting}/camera1"))!;
        Assert.Equal((int)HttpStatusCode.Created, played.Status);

        await player.SeesAsync(player);
        await player.HearsAsync();

        HttpResponseMessage ended = await http.DeleteAsync(new Uri(node.Url, published.Location));
        Assert.True(ended.IsSuccessStatusCode);
        HttpResponseMessage again = await http.DeleteAsync(new Uri(node.Url, published.Location));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    private static async Task<string> CreateMeetingAsync(HttpClient http)
    {
        HttpResponseMessage created = await http.PostAsJsonAsync("/api/v1/meetings", new { title = "Standard tools", e2ee = "off" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("id").GetString()!;
    }
}
