using System.Collections.Concurrent;

namespace Parley.E2e.Support;

/// <summary>The scripts that run in the pages under test.</summary>
internal static class Scripts
{
    private static readonly ConcurrentDictionary<string, string> Cache = new();

    public static string FakeMedia => Read("fake-media.js");

    public static string Look => Read("look.js");

    public static string Hear => Read("hear.js");

    public static string Received => Read("received.js");

    public static string Layers => Read("layers.js");

    public static string WatchGaps => Read("watch-gaps.js");

    /// <summary>Gives the pauses noted since the last time.</summary>
    public static string ReadGaps => "() => window.__readGaps()";

    public static string Path => Read("path.js");

    public static string NoIceTcp => Read("no-ice-tcp.js");

    public static string FloodTarget => Read("flood-target.js");

    public static string Sent => Read("sent.js");

    public static string Enter => Read("enter.js");

    public static string OfferMany => Read("offer-many.js");

    public static string PublishWhip => Read("publish-whip.js");

    public static string PlayWhep => Read("play-whep.js");

    private static string Read(string name) => Cache.GetOrAdd(name, static file =>
    {
        using Stream stream = typeof(Scripts).Assembly.GetManifestResourceStream($"Parley.E2e.Support.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    });
}
