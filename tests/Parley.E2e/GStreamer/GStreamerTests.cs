using System.Diagnostics;
using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.GStreamer;

public class GStreamerTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task GStreamer_publishes_over_whip_and_plays_what_it_published_over_whep()
    {
        string folder = Path.Combine(Repository.Root, "tests", "Parley.E2e", "GStreamer");
        DirectoryInfo data = Directory.CreateTempSubdirectory("parley-gst-");
        try
        {
            ProcessStartInfo start = new(Path.Combine(folder, "in-a-network-of-its-own.sh"))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { Repository.Command, data.FullName, Path.Combine(folder, "whip_whep.py") },
            };
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, $"GStreamer ended with code {process.ExitCode}: {await errors}");
            Decoded decoded = JsonSerializer.Deserialize<Decoded>(await output, Json)!;
            Assert.True(decoded.Pictures >= 20, $"Only {decoded.Pictures} pictures came: {await errors}");
            Look picture = decoded.Picture! with { Time = 0 };
            Assert.True(picture.Is(Colour.WarmAmber), $"{picture}");
            Assert.True(decoded.Loudness > -60, $"The loudest sound was {decoded.Loudness} dB.");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>What the script decoded: pictures, the last one's colour, the loudest sound in dB.</summary>
    private sealed record Decoded(int Pictures, Look? Picture, double Loudness);
}
