using System.Security.Cryptography;

namespace Parley.Routing.Directory;

/// <summary>Holds the newest directory that verified. An older version never replaces it, an expired one is not believed.</summary>
public sealed class DirectoryKeeper
{
    private readonly ECDsa _operatorKey;

    /// <summary>Makes a keeper that holds nothing yet.</summary>
    /// <param name="operatorKey">The operator key, P-256; its public half is enough.</param>
    public DirectoryKeeper(ECDsa operatorKey) => _operatorKey = operatorKey;

    /// <summary>The newest directory; null before the first.</summary>
    public RegionDirectory? Current { get; private set; }

    /// <summary>It as signed; empty before the first.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Takes a directory; says why not otherwise, as a sentence.</summary>
    /// <param name="text">The signed directory.</param>
    /// <param name="now">The time, seconds since 1970 in UTC.</param>
    public string? Accept(string text, long now)
    {
        if (!DirectorySigner.TryVerify(text, _operatorKey, out RegionDirectory? read, out string? reason))
            return reason;
        if (HasExpired(read!, now))
            return $"Version {read!.Version} of the directory has expired.";
        if (read!.Issued > now + NodeStatementSigner.ClockTolerance)
            return $"Version {read.Version} of the directory is from the future.";
        if (Current is { } current && (read.Version < current.Version || (read.Version == current.Version && text != Text)))
            return $"Version {read.Version} of the directory does not follow version {current.Version}, which was seen before.";
        Current = read;
        Text = text;
        return null;
    }

    /// <summary>Whether what it holds may be relied on at this time, seconds since 1970 in UTC.</summary>
    public bool IsCurrentAt(long now) => Current is { } current && !HasExpired(current, now);

    private static bool HasExpired(RegionDirectory directory, long now) => directory.Expires != 0 && now > directory.Expires + NodeStatementSigner.ClockTolerance;
}
