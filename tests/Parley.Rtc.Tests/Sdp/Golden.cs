using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Rtc.Tests.Ice;

namespace Parley.Rtc.Tests.Sdp;

/// <summary>The offers kept as goldens: those of Chromium 156, Firefox ESR 153 and GStreamer 1.22 are captured, that of FFmpeg is written by hand in its shape.</summary>
internal static class Golden
{
    public static readonly byte[] Fingerprint = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public static TheoryData<string> All =>
    [
        "chromium-meeting", "chromium-whip", "chromium-whep", "chromium-sendrecv",
        "firefox-meeting", "firefox-whip", "firefox-whep", "firefox-sendrecv",
        "gstreamer-whip", "gstreamer-whep", "ffmpeg-whip",
    ];

    public static string Read(string name)
    {
        using Stream stream = typeof(Golden).Assembly.GetManifestResourceStream(name + ".sdp")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    public static AnswerSettings Settings(NegotiatedSession? previous = null) => new()
    {
        Ufrag = "s0t1abcd",
        Password = "0123456789abcdefghijkl",
        Fingerprint = Fingerprint,
        Candidates = [TransportAddress.FromBytes([192, 0, 2, 7], 40000), TransportAddress.FromBytes([198, 51, 100, 7], 40000)],
        Entropy = new SeededEntropy(7),
        Previous = previous,
    };

    public static SdpAnswer Answer(string offer, NegotiatedSession? previous = null)
    {
        bool ok = Answerer.TryAnswer(offer, Settings(previous), out SdpAnswer? answer, out SdpError? error);
        Assert.True(ok, error?.Detail);
        return answer!;
    }

    public static SessionDescription Parse(string text)
    {
        bool ok = SessionDescription.TryParse(text, out SessionDescription? description, out SdpError? error);
        Assert.True(ok, error?.Detail);
        return description!;
    }

    public static SdpError Refusal(string offer)
    {
        Assert.False(Answerer.TryAnswer(offer, Settings(), out _, out SdpError? error));
        Assert.EndsWith(".", error.Detail, StringComparison.Ordinal);
        return error;
    }
}
