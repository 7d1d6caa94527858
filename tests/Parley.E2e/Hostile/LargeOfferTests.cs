using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.Hostile;

public class LargeOfferTests
{
    [Fact]
    public async Task Chromium_watches_25_pictures_over_whep_and_an_offer_of_110_is_refused_in_words()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person viewer = await Person.ArriveAsync(browser, "Viewer", Colour.WarmAmber, tone: 500);
        using HttpClient http = new() { BaseAddress = node.Url };
        using HttpResponseMessage created = await http.PostAsJsonAsync("/api/v1/meetings", new { title = "Wall of pictures", e2ee = "off" });
        string meeting = JsonElement.Parse(await created.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
        await viewer.Page.GotoAsync(new Uri(node.Url, "/healthz").ToString());

        Offered wall = (await viewer.Page.AskAsync<Offered>(Scripts.OfferMany, $"/whep/{meeting}", "25"))!;
        Assert.True(wall.Status == (int)HttpStatusCode.Created, wall.Text);
        Assert.Equal(25, wall.Agreed);
        Assert.InRange(wall.Length, 100_000, 200_000);

        Offered absurd = (await viewer.Page.AskAsync<Offered>(Scripts.OfferMany, $"/whep/{meeting}", "110"))!;
        Assert.True(absurd.Status == (int)HttpStatusCode.RequestEntityTooLarge, $"{absurd}");
        Assert.Equal("offer-too-large", JsonElement.Parse(absurd.Text).GetProperty("code").GetString());
    }

    private sealed record Offered(int Status, [property: System.Text.Json.Serialization.JsonPropertyName("offered")] int Length, int Agreed, string Text);
}
