using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.Encryption;

/// <summary>The page with which real browsers try the encryption of media (<c>web/harness</c>), served by a real node.</summary>
internal static class Harness
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<string>> Folder = new(BuildAsync);

    /// <summary>Starts a node that serves the page.</summary>
    public static async Task<NodeProcess> ServeAsync() => await NodeProcess.StartAsync(await Folder.Value);

    /// <summary>Makes a meeting of whose encryption the node knows nothing.</summary>
    public static async Task<string> MakeMeetingAsync(NodeProcess node)
    {
        using HttpClient http = new() { BaseAddress = node.Url };
        HttpResponseMessage created = await http.PostAsJsonAsync("/api/v1/meetings", new { title = "Sealed", e2ee = "off" });
        using JsonDocument body = JsonDocument.Parse(await created.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<string> BuildAsync()
    {
        ProcessStartInfo start = new(Path.Combine(Repository.Root, "eng", "web.sh")) { ArgumentList = { "harness" } };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(BuildTimeout);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
        return Path.Combine(Repository.Root, "web", "harness", "dist");
    }
}
