using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.NetLab.Network;

namespace Parley.NetLab.People;

/// <summary>Measures round trips to front doors of allowed regions, and contacts no other, as the web client does before a join.</summary>
internal static class Prober
{
    private const int Probes = 5;

    /// <summary>Milliseconds by region.</summary>
    public static async Task<Dictionary<string, double>> MeasureAsync(NetworkNamespace space, Uri door, string meeting)
    {
        using HttpClient http = InsideHttp.Client(space);
        JsonElement facts = await http.GetFromJsonAsync<JsonElement>(new Uri(door, $"/api/v1/meetings/{meeting}"));
        HashSet<string> allowed = [.. facts.GetProperty("geofence").GetProperty("regions").EnumerateArray().Where(static region => region.GetProperty("allowed").GetBoolean()).Select(static region => region.GetProperty("id").GetString()!)];
        JsonElement directory = await http.GetFromJsonAsync<JsonElement>(new Uri(door, "/api/v1/directory"));
        Dictionary<string, double> measured = [];
        foreach (JsonElement node in directory.GetProperty("nodes").EnumerateArray())
        {
            string region = node.GetProperty("region").GetString()!;
            if (allowed.Contains(region) && node.TryGetProperty("frontDoor", out JsonElement front) && front.GetString() is { } url && await TryProbeAsync(http, new Uri(new Uri(url), "/probe")) is { } time)
                measured[region] = Math.Min(measured.GetValueOrDefault(region, double.MaxValue), time);
        }

        return measured;
    }

    // After the first request of a connection, which makes it, each tells the round trip and what the machine adds to it: the shortest is nearest to the truth.
    private static async Task<double?> TryProbeAsync(HttpClient http, Uri probe)
    {
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
            (await http.GetAsync(probe, patience.Token)).Dispose();
            double shortest = double.MaxValue;
            for (int i = 0; i < Probes; i++)
            {
                long began = Stopwatch.GetTimestamp();
                (await http.GetAsync(probe, patience.Token)).Dispose();
                shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return shortest;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
