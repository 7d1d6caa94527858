using System.Security.Cryptography;
using Parley.Routing.Directory;

namespace Parley.Routing.Tests.Histories;

/// <summary>Signs with nothing, since ten thousand histories of real signatures would take minutes; some histories use real ones.</summary>
internal sealed class FakeSignatures : ECDsa
{
    private static readonly byte[] Signature = new byte[64];

    private static readonly string Ending = "." + System.Buffers.Text.Base64Url.EncodeToString(Signature);

    public override int KeySize => 256;

    public static bool IsSigned(string text, Node node) => text.EndsWith(Ending, StringComparison.Ordinal);

    public override byte[] SignHash(byte[] hash) => Signature;

    public override bool VerifyHash(byte[] hash, byte[] signature) => signature.AsSpan().SequenceEqual(Signature);

    protected override bool TrySignHashCore(ReadOnlySpan<byte> hash, Span<byte> destination, DSASignatureFormat signatureFormat, out int bytesWritten)
    {
        Signature.CopyTo(destination);
        bytesWritten = Signature.Length;
        return true;
    }
}
