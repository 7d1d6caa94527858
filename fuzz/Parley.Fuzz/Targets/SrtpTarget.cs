using Parley.Rtc.Rtp;
using Parley.Rtc.Srtp;

namespace Parley.Fuzz.Targets;

/// <summary>SRTP and SRTCP as they come from the network: the first byte of the input chooses the profile. Nothing may authenticate, and nothing may be remembered.</summary>
internal static class SrtpTarget
{
    private static readonly SrtpProfile[] Profiles = [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.Aes128CmHmacSha1Tag80];
    private static readonly SrtpInbound[] Inbounds = [.. Profiles.Select(static profile =>
        new SrtpInbound(profile, new byte[profile == SrtpProfile.AeadAes256Gcm ? 32 : 16], new byte[profile == SrtpProfile.Aes128CmHmacSha1Tag80 ? 14 : 12], 16))];

    public static void Run(byte[] input)
    {
        if (input.Length == 0)
            return;
        SrtpInbound inbound = Inbounds[input[0] % Inbounds.Length];
        byte[] packet = input[1..];
        if (RtpHeaderView.TryParseHeader(packet, out RtpHeaderView header) && inbound.UnprotectRtp(packet, header.HeaderLength, out _, out _) == SrtpResult.Ok)
            throw new InvalidOperationException("A packet of chance authenticated.");
        if (inbound.UnprotectRtcp(input.AsSpan(1).ToArray(), out _) == SrtpResult.Ok)
            throw new InvalidOperationException("A packet of chance authenticated.");
        if (inbound.StreamCount != 0)
            throw new InvalidOperationException("State was kept for a packet that did not authenticate.");
    }
}
