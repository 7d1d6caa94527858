using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Org.BouncyCastle.Tls;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;
using CertificateRequest = System.Security.Cryptography.X509Certificates.CertificateRequest;
using HashAlgorithmName = System.Security.Cryptography.HashAlgorithmName;

namespace Parley.Dtls.Tests;

public sealed class DtlsHostileTests
{
    private static readonly DtlsTestNode Server = new();
    private static readonly DtlsTestNode Victim = new();
    private static readonly DtlsTestNode Attacker = new();

    [Fact]
    public void The_harness_connects_when_the_client_behaves()
    {
        using HostileRun run = new(Server, Victim.Certificate.Fingerprint, new HostileClient { Certificate = Victim.Certificate, Key = Victim.Key });
        run.RunUntil(() => run.Server.State == DtlsState.Connected && run.Association is not null);
        Assert.Equal(SrtpProfile.AeadAes128Gcm, run.Server.Keys!.Profile);
    }

    [Theory]
    [InlineData(2_048, true)]
    [InlineData(1_024, false)]
    public void A_client_with_an_RSA_certificate_connects_if_its_key_is_strong(int bits, bool connects)
    {
        using RSA key = RSA.Create(bits);
        byte[] certificate = Certify(key);
        using HostileRun run = new(Server, SHA256.HashData(certificate), new HostileClient { Rsa = (key, certificate) });
        run.RunUntil(() => run.Server.State != DtlsState.Handshaking);
        Assert.Equal(connects ? DtlsState.Connected : DtlsState.Failed, run.Server.State);
    }

    [Fact]
    public void Someone_elses_RSA_certificate_without_its_key_is_refused()
    {
        using RSA key = RSA.Create(2_048);
        using RSA other = RSA.Create(2_048);
        byte[] certificate = Certify(key);
        using HostileRun run = new(Server, SHA256.HashData(certificate), new HostileClient { Rsa = (other, certificate) });
        run.RunUntil(() => run.Server.State != DtlsState.Handshaking);
        Assert.Equal(DtlsFailure.Protocol, run.Server.Failure);
    }

    [Fact]
    public void Someone_elses_certificate_without_its_key_is_refused() =>
        AssertRefused(DtlsFailure.Protocol, new HostileClient { Certificate = Victim.Certificate, Key = Attacker.Key });

    [Fact]
    public void Another_certificate_than_the_SDP_names_is_refused() =>
        AssertRefused(DtlsFailure.WrongCertificate, new HostileClient { Certificate = Attacker.Certificate, Key = Attacker.Key });

    [Fact]
    public void No_certificate_is_refused() => AssertRefused(DtlsFailure.WrongCertificate, new HostileClient());

    [Fact]
    public void No_SRTP_extension_is_refused() =>
        AssertRefused(DtlsFailure.NoCommonProfile, new HostileClient { Certificate = Victim.Certificate, Key = Victim.Key, Profiles = null });

    [Fact]
    public void No_common_profile_is_refused() =>
        AssertRefused(DtlsFailure.NoCommonProfile, new HostileClient { Certificate = Victim.Certificate, Key = Victim.Key, Profiles = [2, 5] });

    [Fact]
    public void A_client_without_extended_master_secret_is_refused() =>
        AssertRefused(DtlsFailure.Protocol, new HostileClient { Certificate = Victim.Certificate, Key = Victim.Key, ExtendedMasterSecret = false });

    [Fact]
    public void A_client_without_our_group_is_refused() =>
        AssertRefused(DtlsFailure.Protocol, new HostileClient { Certificate = Victim.Certificate, Key = Victim.Key, Groups = [NamedGroup.x25519] });

    [Fact]
    public void As_client_we_refuse_another_server_certificate()
    {
        using DtlsWire wire = new(Server, Victim, clientSees: Attacker.Certificate.Fingerprint);
        wire.RunUntilDecided();
        Assert.Equal(DtlsFailure.WrongCertificate, wire.Client.Failure);
        Assert.Equal(DtlsFailure.AlertReceived, wire.Server.Failure);
        Assert.Null(wire.Client.Keys);
    }

    [Fact]
    public void Garbage_before_and_between_does_not_stop_a_handshake() =>
        Gen.Byte.Array[1, 200].Array[30].Sample(
            garbage =>
            {
                using DtlsWire wire = new(Server, Victim);
                Queue<byte[]> pending = new(garbage);
                wire.RunUntil(() =>
                {
                    for (int i = 0; i < 3 && pending.TryDequeue(out byte[]? bytes); i++)
                    {
                        bytes[0] = (byte)(20 + (bytes[0] % 44));
                        wire.Server.Feed(bytes);
                    }

                    return wire.Server.State == DtlsState.Connected && wire.Client.State == DtlsState.Connected;
                });
            },
            iter: 5,
            threads: 1);

    [Theory]
    [InlineData(0xFFFFFF, 0)]
    [InlineData(0xFFFFFF, 0xFFFF00)]
    [InlineData(20_000, 10)]
    [InlineData(0, 0)]
    public void A_fragment_with_a_huge_length_reserves_nothing(int messageLength, int offset)
    {
        using DtlsEndpoint endpoint = Server.Create(DtlsRole.Server, Victim.Certificate.Fingerprint, () => { });
        byte[] datagram = new byte[13 + 12 + 16];
        byte[] header = [22, 0xFE, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 28, 1];
        header.CopyTo(datagram, 0);
        Put(datagram.AsSpan(14), messageLength);
        Put(datagram.AsSpan(19), offset);
        Put(datagram.AsSpan(22), 16);
        long before = GC.GetTotalAllocatedBytes();
        for (byte i = 0; i < 100; i++)
        {
            datagram[10] = i;
            endpoint.Feed(datagram);
        }

        Waiting.Until(() => !HasIncoming(endpoint));
        // One reserved message would be 16 MB; tests beside this one allocate too.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 12_000_000);

        static void Put(Span<byte> destination, int value)
        {
            destination[0] = (byte)(value >> 16);
            destination[1] = (byte)(value >> 8);
            destination[2] = (byte)value;
        }
    }

    [Fact]
    public void A_wrong_fingerprint_length_is_an_error() =>
        Assert.Throws<ArgumentException>(() => Server.TryCreate(DtlsRole.Server, new byte[20], () => { }));

    private static bool HasIncoming(DtlsEndpoint endpoint) => endpoint.State == DtlsState.Handshaking && endpoint.HasIncoming;

    private static byte[] Certify(RSA key)
    {
        CertificateRequest request = new("CN=tool", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.RawData;
    }

    private static void AssertRefused(DtlsFailure failure, HostileClient client)
    {
        long before = Server.Factory.Statistics.Failed(failure);
        using HostileRun run = new(Server, Victim.Certificate.Fingerprint, client);
        run.RunUntil(() => run.Server.State != DtlsState.Handshaking);
        Assert.Equal(DtlsState.Failed, run.Server.State);
        Assert.Equal(failure, run.Server.Failure);
        Assert.Null(run.Server.Keys);
        Waiting.Until(() => Server.Factory.Statistics.Failed(failure) > before);
        run.Pump();
        Assert.Null(run.Association);
    }
}
