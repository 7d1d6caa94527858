using Parley.Rtc.Rtp;

namespace Parley.Fuzz.Targets;

/// <summary>RTP headers with every extension, padding and retransmission payloads.</summary>
internal static class RtpTarget
{
    public static void Run(byte[] input)
    {
        _ = PacketDemultiplexer.Classify(input);
        if (RtpHeaderView.TryParseHeader(input, out RtpHeaderView header))
            Walk(header);
        if (RtpHeaderView.TryParse(input, out RtpHeaderView whole))
        {
            Walk(whole);
            _ = whole.Payload.Length;
        }
    }

    private static void Walk(RtpHeaderView header)
    {
        int bytes = 0;
        foreach (RtpExtensionView extension in header.Extensions)
            bytes += extension.Data.Length;
        for (int i = 0; i <= header.CsrcCount; i++)
            _ = header.Csrc(i);
        if (bytes > 65_535 * 4)
            throw new InvalidOperationException("Extensions are longer than an RTP header can say.");
    }
}
