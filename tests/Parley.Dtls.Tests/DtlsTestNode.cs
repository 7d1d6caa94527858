using System.Security.Cryptography;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Dtls.Tests;

/// <summary>A node with its own key and certificate, and endpoints of it.</summary>
internal sealed class DtlsTestNode
{
    public DtlsTestNode(DtlsOptions? options = null)
    {
        Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate = DtlsCertificate.Create(Key);
        Factory = new DtlsEndpointFactory(Certificate, options);
    }

    public ECDsa Key { get; }

    public DtlsCertificate Certificate { get; }

    public DtlsEndpointFactory Factory { get; }

    public DtlsEndpoint? TryCreate(DtlsRole role, ReadOnlyMemory<byte> remote, Action activity, TimeSpan roundTrip = default) =>
        Factory.TryCreate(new DtlsSettings { Role = role, RemoteFingerprint = remote.ToArray(), Activity = activity, RoundTrip = roundTrip });

    public DtlsEndpoint Create(DtlsRole role, ReadOnlyMemory<byte> remote, Action activity) =>
        TryCreate(role, remote, activity) ?? throw new InvalidOperationException("Refused.");

    public static DtlsOptions Offering(params SrtpProfile[] profiles) => new() { Profiles = profiles };
}
