using System.Diagnostics.CodeAnalysis;

namespace Parley.Rtc.Sdp;

/// <summary>A session description with what WebRTC uses of it (RFC 8866, RFC 8829). Reading is tolerant and bounded; writing is exact.</summary>
public sealed record SessionDescription
{
    /// <summary>The session's id in the <c>o=</c> line.</summary>
    public ulong SessionId { get; init; }

    /// <summary>The description's version in the <c>o=</c> line: one more with each description of a session.</summary>
    public ulong SessionVersion { get; init; }

    /// <summary>The mids of the first BUNDLE group; null where there is none (RFC 9143).</summary>
    public IReadOnlyList<string>? Bundle { get; init; }

    /// <summary>Whether the author is ICE-lite.</summary>
    public bool IceLite { get; init; }

    /// <summary>Whether one- and two-byte header extensions may be mixed on every m-line.</summary>
    public bool ExtmapAllowMixed { get; init; }

    /// <summary>ICE user fragment for m-lines without their own; empty where none is written.</summary>
    public string IceUfrag { get; init; } = "";

    /// <summary>ICE password for m-lines without their own; empty where none is written.</summary>
    public string IcePassword { get; init; } = "";

    /// <summary>Fingerprints for m-lines without their own.</summary>
    public IReadOnlyList<SdpFingerprint> Fingerprints { get; init; } = [];

    /// <summary>Who begins DTLS, for m-lines that do not say.</summary>
    public SdpSetup Setup { get; init; }

    /// <summary>The m-lines.</summary>
    public IReadOnlyList<SdpMedia> Media { get; init; } = [];

    /// <summary>Reads a description; any text gives a description or an error, never an exception.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SessionDescription? description, [NotNullWhen(false)] out SdpError? error) =>
        TryParse(text, maximumMedia: 128, out description, out error);

    /// <summary>Reads a description with at most <paramref name="maximumMedia"/> m-lines.</summary>
    public static bool TryParse(
        string text, int maximumMedia, [NotNullWhen(true)] out SessionDescription? description, [NotNullWhen(false)] out SdpError? error)
    {
        SdpParser parser = new(maximumMedia);
        error = parser.Parse(text);
        description = error is null ? parser.Build() : null;
        return error is null;
    }

    /// <summary>The text, lines ended by CR LF.</summary>
    public override string ToString() => SdpWriter.Write(this);
}
