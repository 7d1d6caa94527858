using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Parley.Cli.Tests.Serving;

public sealed class ServeProcessTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("parley-cli-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task SIGTERM_tells_clients_and_ends_within_five_seconds()
    {
        (ParleyProcess node, Uri address) = await ParleyProcess.ServeAsync(_data);
        await using ParleyProcess running = node;
        await using HubConnection client = new HubConnectionBuilder().WithUrl(new Uri(address, "/hub")).Build();
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On<JsonElement>("stopping", _ => told.TrySetResult());
        await client.StartAsync();

        Stopwatch watch = Stopwatch.StartNew();
        node.Signal("TERM");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(5));
        int code = await node.ExitAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        Assert.Equal(0, code);

        // A first line, where it is, and nothing else.
        Assert.Equal(2, node.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9()
    {
        (ParleyProcess first, Uri address) = await ParleyProcess.ServeAsync(_data);
        List<(string Id, string HostKey)> made = [];
        await using (first)
        {
            for (int i = 0; i < 20; i++)
            {
                using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri(address, "/api/v1/meetings"), new { title = $"Meeting {i}" });
                JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
                made.Add((created.GetProperty("id").GetString()!, created.GetProperty("hostKey").GetString()!));
            }

            first.Signal("KILL");
            await first.ExitAsync();
        }

        (ParleyProcess second, Uri again) = await ParleyProcess.ServeAsync(_data);
        await using ParleyProcess running = second;
        for (int i = 0; i < made.Count; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Patch, new Uri(again, $"/api/v1/meetings/{made[i].Id}")) { Content = JsonContent.Create(new { locked = true }) };
            request.Headers.Add("Authorization", $"Bearer {made[i].HostKey}");
            using HttpResponseMessage response = await _http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal($"Meeting {i}", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task A_wrong_option_is_explained_in_one_line()
    {
        await using ParleyProcess open = ParleyProcess.Start(_data, ["serve", "--http", "http://0.0.0.0:0", "--data", _data]);
        Assert.Equal(2, await open.ExitAsync());
        Assert.Contains("without TLS", open.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", open.Output, StringComparison.Ordinal);

        await using ParleyProcess typo = ParleyProcess.Start(_data, ["serve", "--htpp", "x"]);
        Assert.NotEqual(0, await typo.ExitAsync());
        Assert.Contains("--htpp", typo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_explained_in_one_line()
    {
        using System.Net.Sockets.TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await using ParleyProcess node = ParleyProcess.Start(_data, ["serve", "--http", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "--media-port", "0", "--data", _data]);
        Assert.Equal(2, await node.ExitAsync());
        Assert.Contains("could not start", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_win_over_the_environment_and_that_over_the_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "appsettings.json"), """{"Parley":{"Http":"http://127.0.0.1:0","MediaPort":0,"Region":"from-file","RegionCity":"Bonn","RegionName":"file"}}""");
        Dictionary<string, string> environment = new() { ["PARLEY__REGION"] = "from-environment", ["PARLEY__REGIONNAME"] = "environment" };
        await using ParleyProcess node = ParleyProcess.Start(_data, ["serve", "--region", "from-flag", "--data", Path.Combine(_data, "node")], environment);
        JsonElement directory = await _http.GetFromJsonAsync<JsonElement>(new Uri(await node.ReadyAsync(), "/api/v1/directory"));
        JsonElement region = directory.GetProperty("regions")[0];
        Assert.Equal(("from-flag", "environment", "Bonn"), (region.GetProperty("id").GetString(), region.GetProperty("name").GetString(), region.GetProperty("city").GetString()));
        node.Signal("INT");
        Assert.Equal(0, await node.ExitAsync());
    }

    [Fact]
    public async Task The_demo_runs_with_nothing_given_but_where()
    {
        await using ParleyProcess node = ParleyProcess.Start(_data, ["demo", "--http", "http://localhost:0", "--data", _data]);
        Uri address = await node.ReadyAsync();
        Assert.Equal("localhost", address.Host);
        using HttpResponseMessage ready = await _http.GetAsync(new Uri(address, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task The_demo_has_seven_regions_of_which_each_answers_at_its_own_front_door()
    {
        await using ParleyProcess demo = ParleyProcess.Start(_data, ["demo", "--http", "http://localhost:0", "--data", _data]);
        JsonElement directory = await _http.GetFromJsonAsync<JsonElement>(new Uri(await demo.ReadyAsync(), "/api/v1/directory"));
        JsonElement[] regions = [.. directory.GetProperty("regions").EnumerateArray()];
        Assert.True(regions.Length >= 7);
        Assert.True(regions.Select(static region => region.GetProperty("country").GetString()).Distinct().Count() >= 6);
        Assert.Equal(2, regions.Count(static region => region.TryGetProperty("servesOnly", out JsonElement only) && only.ValueKind == JsonValueKind.Array));
        Assert.NotEmpty(directory.GetProperty("demo").GetProperty("places").EnumerateArray());
        foreach (JsonElement node in directory.GetProperty("nodes").EnumerateArray())
        {
            using HttpResponseMessage created = await _http.PostAsJsonAsync(new Uri(new Uri(node.GetProperty("frontDoor").GetString()!), "/api/v1/meetings"), new { });
            Assert.StartsWith(node.GetProperty("region").GetString() + "-", (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("serve", "--media-port")]
    [InlineData("demo", "--data")]
    [InlineData("load", "--publishers")]
    public async Task Help_names_the_options(string command, string option)
    {
        await using ParleyProcess help = ParleyProcess.Start(_data, [command, "--help"]);
        Assert.Equal(0, await help.ExitAsync());
        Assert.Contains(option, help.Output, StringComparison.Ordinal);
    }
}
