using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Routing.Grants;

/// <summary>Turns grants into signed text and back.</summary>
public static class GrantSigner
{
    /// <summary>The oldest and the youngest grant that is taken, seconds: clocks may be 90 s apart, and a message may take a while.</summary>
    public const long Freshness = 120;

    /// <summary>The longest lifetime, seconds.</summary>
    public const int LongestLifetime = 60;

    /// <summary>Signs a grant with the issuing control node's key.</summary>
    public static string Sign(RouteGrant grant, ECDsa nodeKey) => SignedDocument.Sign(JsonSerializer.SerializeToUtf8Bytes(grant, GrantJson.Default.RouteGrant), nodeKey);

    /// <summary>Reads a grant and holds it against the directory: who signed it, for whom, and whether the fence in it allows that node's region. Whether it is for this node, and newer than others, is the table's to check.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="directory">A verified directory.</param>
    /// <param name="now">The time, seconds since 1970 in UTC.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="isSigned">Tells whether a text is signed by a node's key; <see cref="IsSigned"/> unless given.</param>
    public static GrantRefusal? Verify(string text, RegionDirectory directory, long now, out RouteGrant? grant, Func<string, Node, bool>? isSigned = null)
    {
        grant = null;
        RouteGrant? read = Peek(text);
        if (read is null)
            return new GrantRefusal("grant-malformed", "The grant is not a signed document of its kind.");
        if (directory.FindNode(read.Issuer) is not { } issuer || !issuer.Roles.Contains(Node.ControlRole))
            return NoIssuer(read);
        if (!(isSigned ?? IsSigned)(text, issuer))
            return new GrantRefusal("grant-signature", "The grant is not signed by its issuer's key.");
        GrantRefusal? refusal = JudgeFreshness(read, now) ?? JudgeRoute(read, directory) ?? JudgePeers(read, directory);
        grant = refusal is null ? read : null;
        return refusal;
    }

    /// <summary>Whether a text is signed by a node's key.</summary>
    public static bool IsSigned(string text, Node node)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(node.Key), out _);
            return SignedDocument.TryVerify(text, key, out _);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Why a directory does not bear out a grant whose signature was checked: its issuer, home, node and fence. Time and peers are not looked at.</summary>
    internal static GrantRefusal? JudgeRoute(RouteGrant grant, RegionDirectory directory)
    {
        if (directory.FindNode(grant.Issuer) is not { } issuer || !issuer.Roles.Contains(Node.ControlRole))
            return NoIssuer(grant);
        if (MeetingHome.Of(grant.Meeting) != issuer.Region)
            return new GrantRefusal("grant-home", $"The grant for meeting '{grant.Meeting}' is issued in region '{issuer.Region}', which is not the meeting's home.");
        if (grant.Revokes)
            return null;
        if (directory.FindNode(grant.Node) is not { } node || node.Region != grant.Region)
            return new GrantRefusal("grant-region", $"The grant says that node '{grant.Node}' is in region '{grant.Region}'; the directory does not.");
        if (grant.FenceDigest != FenceDigest.Of(grant.Fences, grant.Countries))
            return new GrantRefusal("grant-fence-digest", "The grant's digest is not of its fence.");
        EffectiveGeofence fence = new(directory, grant.Fences, grant.Countries);
        RegionVerdict verdict = fence.For(node.Region);
        if (!verdict.Allowed)
            return new GrantRefusal("grant-outside-fence", verdict.Reason);
        return fence.Allows(issuer.Region) ? null : new GrantRefusal("grant-home-outside-fence", fence.For(issuer.Region).Reason);
    }

    /// <summary>The peers of a grant that the directory knows and that lie inside the grant's fence.</summary>
    internal static HashSet<string> PeersInside(RouteGrant grant, RegionDirectory directory)
    {
        EffectiveGeofence fence = new(directory, grant.Fences, grant.Countries);
        return [.. grant.Peers.Where(peer => directory.FindNode(peer) is { } node && fence.Allows(node.Region))];
    }

    // A peer that the directory does not know is let pass here, since directories do not arrive everywhere at once; no relay with it is.
    private static GrantRefusal? JudgePeers(RouteGrant grant, RegionDirectory directory)
    {
        if (grant.Revokes || grant.Peers.Count == 0)
            return null;
        HashSet<string> inside = PeersInside(grant, directory);
        return grant.Peers.FirstOrDefault(peer => !inside.Contains(peer) && directory.FindNode(peer) is not null) is { } outside
            ? new GrantRefusal("grant-peer-outside-fence", $"The grant names peer '{outside}', which is not inside the fence.")
            : null;
    }

    private static GrantRefusal? JudgeFreshness(RouteGrant grant, long now)
    {
        // Its issuer may write any number: no sum with that, it could run over.
        if (grant.Issued < now - Freshness || grant.Issued > now + Freshness)
            return new GrantRefusal("grant-stale", "The grant is too old, or its issuer's clock is far ahead.");
        return !grant.Revokes && grant.Lifetime is <= 0 or > LongestLifetime ? new GrantRefusal("grant-lifetime", $"A grant holds 1 to {LongestLifetime} seconds.") : null;
    }

    private static GrantRefusal NoIssuer(RouteGrant grant) =>
        new("grant-issuer", $"The grant names '{grant.Issuer}' as its issuer, which is no control node of the directory.");

    // Read before the signature is checked, only to learn whose it should be.
    private static RouteGrant? Peek(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || text.Length > SignedDocument.MaximumLength)
            return null;
        try
        {
            RouteGrant? read = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text.AsSpan(0, dot)), GrantJson.Default.RouteGrant);

            // What is in a list may be null whatever the list's type says.
            return read is null || read.Fences.Any(static scoped => scoped is null) || read.Countries.Any(static country => country is null) ? null : read;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }
}
