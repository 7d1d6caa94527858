using Parley.Rtc.Primitives;
using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Simulation;

/// <summary>Makes DTLS associations without cryptography: the keys were shared beforehand, found by the peer's fingerprint. The handshake is one datagram each way.</summary>
public sealed class FakeDtlsFactory : IDtlsEndpointFactory
{
    private readonly Dictionary<string, SrtpKeys> _keys = [];
    private readonly Dictionary<string, FakeDtlsEndpoint> _endpoints = [];

    /// <inheritdoc />
    public ReadOnlyMemory<byte> LocalFingerprint { get; } = new byte[32];

    /// <summary>Whether every association is refused, as when too many handshakes are under way.</summary>
    public bool IsFull { get; set; }

    /// <summary>How many associations were asked for.</summary>
    public int Attempts { get; private set; }

    /// <summary>Shares keys with the peer of a fingerprint; ours are the local ones.</summary>
    public void Share(byte[] fingerprint, SrtpKeys keys) => _keys[Convert.ToHexString(fingerprint)] = keys;

    /// <summary>Shares keys between two nodes, each of which knows the other by a fingerprint.</summary>
    public static void Pair(FakeDtlsFactory first, byte[] secondPrint, FakeDtlsFactory second, byte[] firstPrint, IEntropy entropy)
    {
        byte[] material = new byte[56];
        entropy.Fill(material);
        byte[] firstKey = material[..16], firstSalt = material[16..28], secondKey = material[28..44], secondSalt = material[44..];
        first.Share(secondPrint, new SrtpKeys(SrtpProfile.AeadAes128Gcm, firstKey, firstSalt, secondKey, secondSalt));
        second.Share(firstPrint, new SrtpKeys(SrtpProfile.AeadAes128Gcm, secondKey, secondSalt, firstKey, firstSalt));
    }

    /// <summary>The association with the peer of a fingerprint; null before its first datagram.</summary>
    public FakeDtlsEndpoint? Find(byte[] fingerprint) => _endpoints.GetValueOrDefault(Convert.ToHexString(fingerprint));

    /// <inheritdoc />
    public IDtlsEndpoint? TryCreate(DtlsSettings settings)
    {
        Attempts++;
        if (IsFull)
            return null;
        string name = Convert.ToHexString(settings.RemoteFingerprint);
        return _endpoints[name] = new FakeDtlsEndpoint(_keys.GetValueOrDefault(name), settings.Activity, settings.Role);
    }
}
