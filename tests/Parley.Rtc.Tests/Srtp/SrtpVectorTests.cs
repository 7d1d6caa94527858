using Parley.Rtc.Srtp;
using Parley.Rtc.Srtp.Ciphers;

namespace Parley.Rtc.Tests.Srtp;

/// <summary>The vectors of RFC 3711 appendix B and RFC 7714 sections 16 and 17.</summary>
public sealed class SrtpVectorTests
{
    private const string QuidProQuo = "517569642070726f2071756f";
    private const string Rtp = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361"
        + "20696e207061727465732074726573";

    private const string Rtcp = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    public static TheoryData<SrtpProfile, SrtpBackend, string> RtpVectors() => WithBackends(
        (SrtpProfile.AeadAes128Gcm,
            "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce"),
        (SrtpProfile.AeadAes256Gcm,
            "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13"));

    public static TheoryData<SrtpProfile, SrtpBackend, string> RtcpVectors() => WithBackends(
        (SrtpProfile.AeadAes128Gcm,
            "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4"),
        (SrtpProfile.AeadAes256Gcm,
            "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4"));

    [Theory]
    [InlineData(SrtpKeyDerivation.RtpEncryption, "c61e7a93744f39ee10734afe3ff7a087")]
    [InlineData(SrtpKeyDerivation.RtpSalt, "30cbbc08863d8c85d49db34a9ae1")]
    [InlineData(SrtpKeyDerivation.RtpAuthentication, "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2dc68")]
    public void Session_keys_are_those_of_RFC_3711_B3(byte label, string expected)
    {
        byte[] output = new byte[expected.Length / 2];
        SrtpKeyDerivation.Derive(
            Convert.FromHexString("e1f97a0d3e018be0d64fa32c06de4139"), Convert.FromHexString("0ec675ad498afeebb6960b3aabe6"), label, output);
        Assert.Equal(expected, Convert.ToHexStringLower(output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_key_stream_is_that_of_RFC_3711_B2(bool native)
    {
        using CounterCipher cipher = new(Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"), native && SrtpBackendSupport.IsNativeAvailable);
        byte[] stream = new byte[16 * 0xFF02];
        cipher.Apply(Convert.FromHexString("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"), stream);
        Assert.Equal("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0", Convert.ToHexStringLower(stream.AsSpan(0, 48)));
        Assert.Equal("ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44", Convert.ToHexStringLower(stream.AsSpan(16 * 0xFEFF)));
    }

    [Theory]
    [MemberData(nameof(RtpVectors))]
    public void RTP_packets_are_those_of_RFC_7714_section_16(SrtpProfile profile, SrtpBackend backend, string expected)
    {
        using SrtpOutbound outbound = new(profile, Keys(profile), backend);
        byte[] packet = [.. Convert.FromHexString(Rtp), .. new byte[16]];
        outbound.ProtectRtp(packet, 12, packet.Length - 16, 0xF17B);
        Assert.Equal(expected, Convert.ToHexStringLower(packet));

        using SrtpInbound inbound = new(profile, Keys(profile), 1, backend);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtp(packet, 12, out int length, out long extended));
        Assert.Equal(Rtp, Convert.ToHexStringLower(packet.AsSpan(0, length)));
        Assert.Equal(0xF17B, extended);
    }

    [Theory]
    [MemberData(nameof(RtcpVectors))]
    public void RTCP_packets_are_those_of_RFC_7714_section_17(SrtpProfile profile, SrtpBackend backend, string expected)
    {
        using SrtpOutbound outbound = new(profile, Keys(profile), backend);
        byte[] packet = [.. Convert.FromHexString(Rtcp), .. new byte[20]];
        outbound.ProtectRtcpAt(packet, packet.Length - 20, 0x5D4);
        Assert.Equal(expected, Convert.ToHexStringLower(packet));

        using SrtpInbound inbound = new(profile, Keys(profile), 1, backend);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(packet, out int length));
        Assert.Equal(Rtcp, Convert.ToHexStringLower(packet.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, "841dd9683dd78ec92ae58790125f62b3000005d4")]
    [InlineData(SrtpProfile.AeadAes256Gcm, "91db4afbfeee5a978fab4393ed2615fe000005d4")]
    public void RTCP_that_is_only_authenticated_is_that_of_RFC_7714_section_17(SrtpProfile profile, string trailer)
    {
        using SrtpInbound inbound = new(profile, Keys(profile), 1, SrtpBackend.Automatic);
        byte[] packet = Convert.FromHexString(Rtcp + trailer);
        Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(packet, out int length));
        Assert.Equal(Rtcp, Convert.ToHexStringLower(packet.AsSpan(0, length)));
    }

    private static SrtpSessionKeys Keys(SrtpProfile profile)
    {
        byte[] key = [.. Enumerable.Range(0, profile.KeyLength()).Select(value => (byte)value)];
        byte[] salt = Convert.FromHexString(QuidProQuo);
        return new SrtpSessionKeys(key, salt, [], [.. key], salt, []);
    }

    private static TheoryData<SrtpProfile, SrtpBackend, string> WithBackends(params (SrtpProfile Profile, string Expected)[] vectors)
    {
        TheoryData<SrtpProfile, SrtpBackend, string> data = [];
        foreach ((SrtpProfile profile, string expected) in vectors)
        {
            data.Add(profile, SrtpBackend.Portable, expected);
            data.Add(profile, SrtpBackend.Automatic, expected);
        }

        return data;
    }
}
