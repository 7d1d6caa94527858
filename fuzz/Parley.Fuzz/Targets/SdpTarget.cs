using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;

namespace Parley.Fuzz.Targets;

/// <summary>Session descriptions: reading, answering, re-offering, and reading our own answer back.</summary>
internal static class SdpTarget
{
    private static readonly TransportAddress Address = TransportAddress.FromBytes([127, 0, 0, 1], 40_000);

    public static void Run(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        _ = AnswerReader.TryRead(text, "ufrag", "0123456789012345678901", out RemoteAnswer? _, out _);
        if (!Answerer.TryAnswer(text, Settings(null), out SdpAnswer? answer, out _))
            return;
        if (!AnswerReader.TryRead(answer.Text, "ufrag", "0123456789012345678901", out RemoteAnswer? _, out SdpError? error))
            throw new InvalidOperationException($"Our own answer cannot be read: {error.Detail}");
        if (!Answerer.TryAnswer(text, Settings(answer.Session), out SdpAnswer? again, out _))
            throw new InvalidOperationException("The same offer was refused the second time.");
        for (int i = 0; i < again.Session.Media.Count; i++)
        {
            if (again.Session.Media[i].LocalSsrc != answer.Session.Media[i].LocalSsrc)
                throw new InvalidOperationException("A re-offer changed a slot's SSRC.");
        }
    }

    private static AnswerSettings Settings(NegotiatedSession? previous) => new()
    {
        Ufrag = "localufrag",
        Password = "localpassword0123456789ab",
        Fingerprint = new byte[32],
        Candidates = [Address],
        Entropy = new Counting(),
        Previous = previous,
    };

    /// <summary>Entropy that repeats itself, so that an input does the same each time.</summary>
    private sealed class Counting : IEntropy
    {
        private byte _next;

        public void Fill(Span<byte> destination)
        {
            foreach (ref byte value in destination)
                value = _next += 37;
        }
    }
}
