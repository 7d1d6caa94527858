using System.Security.Cryptography;
using Parley.Rtc.Primitives;

namespace Parley.Net.Entropy;

/// <summary>
/// Entropy from the operating system, drawn in blocks of <see cref="BlockBytes"/> so that small draws cost no system call. One thread uses an instance: give each shard its own.
/// </summary>
public sealed class SystemEntropy : IEntropy
{
    /// <summary>Bytes drawn from the operating system at once.</summary>
    public const int BlockBytes = 1024;

    private readonly byte[] _block = new byte[BlockBytes];
    private int _used = BlockBytes;

    /// <inheritdoc />
    public void Fill(Span<byte> destination)
    {
        if (destination.Length > BlockBytes)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        if (destination.Length > BlockBytes - _used)
        {
            RandomNumberGenerator.Fill(_block);
            _used = 0;
        }

        Span<byte> taken = _block.AsSpan(_used, destination.Length);
        taken.CopyTo(destination);
        // What was handed out may become a key: it must not stay here.
        CryptographicOperations.ZeroMemory(taken);
        _used += destination.Length;
    }
}
