using CsCheck;
using Parley.Rtc.Srtp;
using static Parley.Rtc.Tests.Srtp.SrtpTestData;

namespace Parley.Rtc.Tests.Srtp;

public sealed class SrtpBackendTests
{
    private static readonly Gen<(SrtpProfile Profile, byte[] Payload, uint Ssrc, long Extended, int Extra)> Packets =
        Gen.Select(Gen.Int[0, 2].Select(i => Profiles[i]), Gen.Byte.Array[0, 1_300], Gen.UInt, Gen.Long[0, (1L << 40) - 1], Gen.Int[0, 40]);

    [Fact]
    public void Native_and_portable_ciphers_agree_and_read_each_other()
    {
        Assert.True(SrtpBackendSupport.IsNativeAvailable || !OperatingSystem.IsLinux(), "OpenSSL is always there where .NET's own ciphers are.");
        if (!SrtpBackendSupport.IsNativeAvailable)
            return;
        Packets.Sample(
            (profile, payload, ssrc, extended, extra) =>
            {
                using SrtpOutbound native = Outbound(profile, SrtpBackend.Native), portable = Outbound(profile, SrtpBackend.Portable);
                using SrtpInbound nativeIn = Inbound(profile, SrtpBackend.Native), portableIn = Inbound(profile, SrtpBackend.Portable);
                int headerLength = 12 + extra, length = headerLength + payload.Length;
                byte[] clear = new byte[length];
                WriteRtp(clear.AsSpan(0, headerLength), ssrc, extended);
                payload.CopyTo(clear.AsSpan(headerLength));

                // Any rollover count encrypts alike; a receiver begins at 0.
                if (!Protect(native, extended).AsSpan().SequenceEqual(Protect(portable, extended)))
                    return false;
                byte[] left = Protect(native, extended & 0xFFFF), right = Protect(portable, extended & 0xFFFF);
                return nativeIn.UnprotectRtp(right, headerLength, out int one, out _) == SrtpResult.Ok && right.AsSpan(0, one).SequenceEqual(clear)
                    && portableIn.UnprotectRtp(left, headerLength, out int two, out _) == SrtpResult.Ok && left.AsSpan(0, two).SequenceEqual(clear);

                byte[] Protect(SrtpOutbound outbound, long number)
                {
                    byte[] packet = [.. clear, .. new byte[outbound.RtpOverhead]];
                    outbound.ProtectRtp(packet, headerLength, length, number);
                    return packet;
                }
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Native_and_portable_RTCP_agree()
    {
        if (!SrtpBackendSupport.IsNativeAvailable)
            return;
        foreach (SrtpProfile profile in Profiles)
        {
            using SrtpOutbound native = Outbound(profile, SrtpBackend.Native), portable = Outbound(profile, SrtpBackend.Portable);
            using SrtpInbound inbound = Inbound(profile, SrtpBackend.Native);
            for (int i = 0; i < 20; i++)
            {
                byte[] packet = ProtectedReport(native, 3);
                Assert.Equal(ProtectedReport(portable, 3), packet);
                Assert.Equal(SrtpResult.Ok, inbound.UnprotectRtcp(packet, out int length));
                Assert.Equal(32, length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void Protecting_and_unprotecting_allocate_nothing(SrtpProfile profile, SrtpBackend backend)
    {
        using SrtpOutbound outbound = Outbound(profile, backend);
        using SrtpInbound inbound = Inbound(profile, backend);
        byte[] packet = new byte[200];
        int failures = 0;
        Run(0, 2_000);
        int next = 2_000;
        Assert.Equal(0, Allocations.Of(() => Run(next, next += 100_000)));
        Assert.Equal(0, failures);

        void Run(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                WriteRtp(packet.AsSpan(0, 100), (uint)(i & 3), i);
                int length = outbound.ProtectRtp(packet, 12, 100, i);
                if (inbound.UnprotectRtp(packet.AsSpan(0, length), 12, out _, out _) != SrtpResult.Ok)
                    failures++;
            }
        }
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void A_wrong_key_length_is_an_error(SrtpProfile profile, SrtpBackend backend)
    {
        Assert.Throws<ArgumentException>(() => new SrtpOutbound(profile, new byte[5], Salt(profile), backend));
        Assert.Throws<ArgumentException>(() => new SrtpInbound(profile, Key(profile), new byte[5], 1, backend));
    }

    [Theory]
    [MemberData(nameof(ProfilesAndBackends), MemberType = typeof(SrtpTestData))]
    public void A_disposed_association_refuses_instead_of_touching_freed_memory(SrtpProfile profile, SrtpBackend backend)
    {
        SrtpOutbound outbound = Outbound(profile, backend);
        outbound.Dispose();
        outbound.Dispose();
        Assert.Throws<ObjectDisposedException>(() => outbound.ProtectRtp(new byte[100], 12, 50, 0));
    }
}
