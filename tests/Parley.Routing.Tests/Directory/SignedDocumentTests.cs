using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Parley.Routing.Directory;

namespace Parley.Routing.Tests.Directory;

public class SignedDocumentTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Any_payload_comes_back() => Gen.Byte.Array[0, 200].Sample(
        payload =>
        {
            Assert.True(SignedDocument.TryVerify(SignedDocument.Sign(payload, _key), _key, out byte[] read));
            Assert.Equal(payload, read);
        },
        iter: 50);

    [Fact]
    public void A_changed_letter_is_refused()
    {
        string text = SignedDocument.Sign("""{"version":1,"regions":[],"nodes":[]}"""u8, _key);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char["ABCxyz019-_.=~ \n"]).Where(change => text[change.Item1] != change.Item2).Sample(
            change =>
            {
                string forged = text[..change.Item1] + change.Item2 + text[(change.Item1 + 1)..];
                return !SignedDocument.TryVerify(forged, _key, out byte[] read) && read.Length == 0 || SameSignature(text, forged);
            },
            iter: 300);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData("e30.")]
    [InlineData(".e30")]
    [InlineData("e30.e30.e30")]
    [InlineData("é.ü")]
    public void Malformed_text_is_refused(string text) => Assert.False(SignedDocument.TryVerify(text, _key, out _));

    [Fact]
    public void Another_key_is_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(SignedDocument.TryVerify(SignedDocument.Sign("x"u8, other), _key, out _));
    }

    [Fact]
    public void A_signature_in_DER_is_refused()
    {
        string body = "eA";
        byte[] der = _key.SignData(Encoding.ASCII.GetBytes(body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.False(SignedDocument.TryVerify($"{body}.{System.Buffers.Text.Base64Url.EncodeToString(der)}", _key, out _));
    }

    [Fact]
    public void Another_curve_is_not_taken()
    {
        using ECDsa large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => SignedDocument.Sign("x"u8, large));
        Assert.Throws<ArgumentException>(() => SignedDocument.TryVerify("eA.eA", large, out _));
    }

    // The last letter of 64 bytes in base64url has four bits that carry nothing: another letter there is the same signature.
    private static bool SameSignature(string text, string forged) => text[..^1] == forged[..^1];
}
