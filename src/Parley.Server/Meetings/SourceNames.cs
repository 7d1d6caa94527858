using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>The names of sources in the protocol.</summary>
internal static class SourceNames
{
    private const int MostTracks = 16;

    /// <summary>A source's name.</summary>
    public static string Of(SourceKind kind) => kind switch
    {
        SourceKind.Microphone => "microphone",
        SourceKind.Camera => "camera",
        SourceKind.Screen => "screen",
        _ => "screenAudio",
    };

    /// <summary>The source with a name.</summary>
    public static SourceKind Parse(string name) => name switch
    {
        "microphone" => SourceKind.Microphone,
        "camera" => SourceKind.Camera,
        "screen" => SourceKind.Screen,
        "screenAudio" => SourceKind.ScreenAudio,
        _ => throw Refusals.BadField("source", "must be microphone, camera, screen or screenAudio."),
    };

    /// <summary>What m-lines carry, by mid.</summary>
    public static Dictionary<string, SourceKind> ParseTracks(Dictionary<string, string> tracks)
    {
        if (tracks.Count > MostTracks)
            throw Refusals.BadField("tracks", $"may name at most {MostTracks} m-lines.");
        return tracks.ToDictionary(track => track.Key, track => Parse(track.Value));
    }
}
