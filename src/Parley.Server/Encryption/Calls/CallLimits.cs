namespace Parley.Server.Encryption.Calls;

/// <summary>What a group's calls may hold. Lengths are of base64url text.</summary>
internal static class CallLimits
{
    /// <summary>A key package, text: 8 kB of bytes (X-Wing needs 2.7 kB).</summary>
    public const int LongestKeyPackage = 8 * 1024 * 4 / 3;

    /// <summary>An application message, text: 64 kB of bytes.</summary>
    public const int LongestMessage = 64 * 1024 * 4 / 3;

    /// <summary>Commit, Welcome and tree together, text: 300 members of the dearest kind need 1.2 MB of bytes.</summary>
    public const int LongestCommit = 1_800_000;

    /// <summary>The most newcomers asked for in one commit, which bounds its size.</summary>
    public const int MostAdditions = 32;
}
