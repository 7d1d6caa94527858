using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Parley.Dtls.Crypto;

/// <summary>One ephemeral key agreement on P-256 with the platform's ECDH; the private key never leaves the platform's key object.</summary>
internal sealed class P256Agreement(TlsCrypto crypto) : TlsAgreement
{
    // RFC 8422 section 5.4.1: the uncompressed point, 4, X, Y.
    private const int CoordinateLength = 32;
    private const int PointLength = 1 + (2 * CoordinateLength);
    private const byte Uncompressed = 4;

    private readonly ECDiffieHellman _own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private ECParameters _peer;

    public byte[] GenerateEphemeral()
    {
        ECParameters parameters = _own.ExportParameters(includePrivateParameters: false);
        return [Uncompressed, .. parameters.Q.X!, .. parameters.Q.Y!];
    }

    public void ReceivePeerValue(byte[] peerValue)
    {
        if (peerValue.Length != PointLength || peerValue[0] != Uncompressed)
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        _peer = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = peerValue[1..(1 + CoordinateLength)], Y = peerValue[(1 + CoordinateLength)..] },
        };
    }

    public TlsSecret CalculateSecret()
    {
        try
        {
            // The import refuses a point that is not on the curve.
            using ECDiffieHellman peer = ECDiffieHellman.Create(_peer);
            return crypto.CreateSecret(_own.DeriveRawSecretAgreement(peer.PublicKey));
        }
        catch (CryptographicException error)
        {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, error);
        }
        finally
        {
            _own.Dispose();
        }
    }
}
