using CsCheck;
using Parley.Rtc.Sdp;

namespace Parley.Rtc.Tests.Sdp;

public class SdpProperties
{
    private static readonly string[] Texts = [.. ((string[])["chromium-whip", "firefox-meeting", "gstreamer-whip"]).Select(Golden.Read)];

    public static TheoryData<string> Offers => Golden.All;

    [Theory]
    [MemberData(nameof(Offers))]
    public void What_is_written_is_read_again(string name)
    {
        string once = Golden.Parse(Golden.Read(name)).ToString();
        Assert.Equal(once, Golden.Parse(once).ToString());
    }

    [Fact]
    public void Any_text_is_answered_without_an_exception() =>
        Gen.String[0, 400].Sample(text => Feed("v=0\n" + text), iter: 2_000);

    [Fact]
    public void Any_lines_are_answered_without_an_exception()
    {
        string[] starts = ["m=", "m=audio 9 UDP/TLS/RTP/SAVPF ", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=extmap:", "a=ssrc:", "a=ssrc-group:", "a=rid:",
            "a=simulcast:", "a=candidate:", "a=fingerprint:sha-256 ", "a=group:BUNDLE ", "a=mid:", "a=setup:", "o=", "a="];
        Gen.Select(Gen.Int[0, starts.Length - 1], Gen.String[Gen.Char["0123456789 /;,:=~*abcrsendv-"], 0, 30]).Array[0, 30].Sample(
            lines => Feed("v=0\n" + string.Join('\n', lines.Select(line => starts[line.Item1] + line.Item2))), iter: 2_000);
    }

    [Fact]
    public void Any_mutation_of_an_offer_is_answered_without_an_exception() =>
        Gen.Select(Gen.Int[0, Texts.Length - 1], Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 3], Gen.Char).Array[1, 8]).Sample(
            (index, changes) =>
            {
                string text = Texts[index];
                foreach ((int place, int kind, char letter) in changes)
                    text = Mutate(text, place % text.Length, kind, letter);
                Feed(text);
            },
            iter: 500);

    private static string Mutate(string text, int at, int kind, char letter) => kind switch
    {
        0 => text[..at] + letter + text[(at + 1)..],
        1 => text.Remove(at, Math.Min(text.Length - at, 1 + (letter % 40))) + " ",
        2 => text.Insert(at, text.Substring(at, Math.Min(30, text.Length - at))),
        _ => text[..(at + 1)],
    };

    private static void Feed(string text)
    {
        AnswerReader.TryRead(text, "abcd", "0123456789012345678901", out _, out _);
        if (!Answerer.TryAnswer(text, Golden.Settings(), out SdpAnswer? answer, out SdpError? error))
        {
            Assert.NotEmpty(error.Code);
            return;
        }

        SessionDescription read = Golden.Parse(answer.Text);
        Assert.Equal(answer.Session.Media.Select(media => media.Mid), read.Media.Where(media => !media.IsRejected).Select(media => media.Mid));
    }
}
