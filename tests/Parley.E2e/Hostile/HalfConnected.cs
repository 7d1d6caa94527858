using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.E2e.Support;

namespace Parley.E2e.Hostile;

/// <summary>Somebody who posts an offer over WHIP and then never finishes the handshake: the DTLS library reads what such a peer sends.</summary>
internal static partial class HalfConnected
{
    /// <summary>Opens a session in a meeting of its own; what is known of its connection.</summary>
    public static async Task<FloodTarget> ConnectAsync(NodeProcess node, FloodTarget other)
    {
        using HttpClient http = new() { BaseAddress = node.Url };
        using HttpResponseMessage created = await http.PostAsJsonAsync("/api/v1/meetings", new { });
        string meeting = JsonElement.Parse(await created.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
        string offer = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "Parley.Rtc.Tests", "Sdp", "Goldens", "chromium-whip.sdp"));
        using HttpResponseMessage posted = await http.PostAsync($"/whip/{meeting}", new StringContent(offer, Encoding.UTF8, "application/sdp"));
        string answer = await posted.Content.ReadAsStringAsync();
        Assert.True(posted.IsSuccessStatusCode, answer);
        return other with { ServerUfrag = Ufrag().Match(answer).Groups[1].Value, ServerPassword = Password().Match(answer).Groups[1].Value, ClientUfrag = Ufrag().Match(offer).Groups[1].Value };
    }

    [GeneratedRegex(@"a=ice-ufrag:(\S+)")]
    private static partial Regex Ufrag();

    [GeneratedRegex(@"a=ice-pwd:(\S+)")]
    private static partial Regex Password();
}
