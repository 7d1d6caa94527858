using System.Buffers.Binary;
using Parley.Rtc.Srtp;

namespace Parley.Rtc.Tests.Srtp;

/// <summary>Keys and packets that the SRTP tests share.</summary>
internal static class SrtpTestData
{
    public static readonly SrtpProfile[] Profiles =
        [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.Aes128CmHmacSha1Tag80];

    public static TheoryData<SrtpProfile, SrtpBackend> ProfilesAndBackends()
    {
        TheoryData<SrtpProfile, SrtpBackend> data = [];
        foreach (SrtpProfile profile in Profiles)
        {
            data.Add(profile, SrtpBackend.Portable);
            if (SrtpBackendSupport.IsNativeAvailable)
                data.Add(profile, SrtpBackend.Native);
        }

        return data;
    }

    public static byte[] Key(SrtpProfile profile) => Bytes(profile.KeyLength(), 17);

    public static byte[] Salt(SrtpProfile profile) => Bytes(profile.SaltLength(), 99);

    public static SrtpOutbound Outbound(SrtpProfile profile, SrtpBackend backend) => new(profile, Key(profile), Salt(profile), backend);

    public static SrtpInbound Inbound(SrtpProfile profile, SrtpBackend backend, int maximumStreams = 16) =>
        new(profile, Key(profile), Salt(profile), maximumStreams, backend);

    public static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)((i * 7) + seed);
        return bytes;
    }

    /// <summary>Writes a 12-byte header and a payload that names the packet.</summary>
    public static void WriteRtp(Span<byte> packet, uint ssrc, long extended)
    {
        packet.Clear();
        packet[0] = 0x80;
        packet[1] = 111;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)extended);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], ssrc);
        if (packet.Length >= 20)
            BinaryPrimitives.WriteInt64BigEndian(packet[12..], extended);
    }

    /// <summary>One protected packet.</summary>
    public static byte[] Protected(SrtpOutbound outbound, uint ssrc, long extended, int length = 40)
    {
        byte[] packet = new byte[length + outbound.RtpOverhead];
        WriteRtp(packet.AsSpan(0, length), ssrc, extended);
        Assert.Equal(packet.Length, outbound.ProtectRtp(packet, 12, length, extended));
        return packet;
    }

    /// <summary>One protected receiver report.</summary>
    public static byte[] ProtectedReport(SrtpOutbound outbound, uint ssrc)
    {
        byte[] packet = new byte[32 + outbound.RtcpOverhead];
        packet[0] = 0x81;
        packet[1] = 201;
        packet[3] = 7;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), ssrc);
        Assert.Equal(packet.Length, outbound.ProtectRtcp(packet, 32));
        return packet;
    }
}
