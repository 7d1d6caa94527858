using System.Globalization;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>What payload types and extension ids mean on one transport: the same on every m-line of the bundle (RFC 9143 section 9.1). A later m-line's contradiction is left out.</summary>
internal sealed class BundleTable
{
    private readonly string?[] _payloadTypes = new string?[128];
    private readonly string?[] _extensions = new string?[256];

    public List<CodecMatch> Admit(MediaKind kind, List<CodecMatch> matches)
    {
        List<CodecMatch> admitted = [];
        foreach (CodecMatch match in matches)
        {
            string meaning = string.Create(
                CultureInfo.InvariantCulture, $"{kind}/{match.Codec.Kind}/{match.Codec.Compatibility}/{match.Codec.ClockRate}");
            if (!Claim(_payloadTypes, match.Codec.PayloadType, meaning))
                continue;
            bool keepsRtx = match.Rtx is null || Claim(_payloadTypes, match.Rtx.PayloadType, $"rtx/{match.Codec.PayloadType}");
            admitted.Add(keepsRtx ? match : match with { Rtx = null, Codec = match.Codec with { RtxPayloadType = null } });
        }

        // RED without the Opus that it wraps would be of no use.
        if (!admitted.Exists(match => match.Codec.Kind == CodecKind.Opus))
            admitted.RemoveAll(match => match.Codec.Kind == CodecKind.Red);
        return admitted;
    }

    public List<SdpExtension> Admit(List<SdpExtension> extensions) =>
        extensions.FindAll(extension => Claim(_extensions, extension.Id, extension.Uri));

    private static bool Claim(string?[] table, byte key, string meaning)
    {
        table[key] ??= meaning;
        return table[key] == meaning;
    }
}
