using System.Security.Cryptography;

namespace Parley.Fuzz.Targets;

/// <summary>A key under which one signature is right for everything: chance does not find a real one, and what stands behind the check is to be reached.</summary>
internal sealed class PaperKey : ECDsa
{
    private static readonly byte[] Signature = new byte[64];

    public override int KeySize => 256;

    public override byte[] SignHash(byte[] hash) => [.. Signature];

    public override bool VerifyHash(byte[] hash, byte[] signature) => signature.AsSpan().SequenceEqual(Signature);

    protected override bool TrySignHashCore(ReadOnlySpan<byte> hash, Span<byte> destination, DSASignatureFormat signatureFormat, out int bytesWritten)
    {
        Signature.CopyTo(destination);
        bytesWritten = Signature.Length;
        return true;
    }
}
