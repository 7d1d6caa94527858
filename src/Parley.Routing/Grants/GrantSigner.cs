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
    public static GrantRefusal? Verify(string text, RegionDirectory directory, long now, out RouteGrant? grant)
    {
        grant = null;
        RouteGrant? read = Peek(text);
        if (read is null)
            return new GrantRefusal("grant-malformed", "The grant is not a signed document of its kind.");
        if (directory.FindNode(read.Issuer) is not { } issuer || !issuer.Roles.Contains(Node.ControlRole))
            return new GrantRefusal("grant-issuer", $"The grant names '{read.Issuer}' as its issuer, which is no control node of the directory.");
        if (!IsSigned(text, issuer))
            return new GrantRefusal("grant-signature", "The grant is not signed by its issuer's key.");
        GrantRefusal? refusal = Judge(read, issuer, directory, now);
        grant = refusal is null ? read : null;
        return refusal;
    }

    private static GrantRefusal? Judge(RouteGrant grant, Node issuer, RegionDirectory directory, long now)
    {
        if (MeetingHome.Of(grant.Meeting) != issuer.Region)
            return new GrantRefusal("grant-home", $"The grant for meeting '{grant.Meeting}' is issued in region '{issuer.Region}', which is not the meeting's home.");
        if (Math.Abs(now - grant.Issued) > Freshness)
            return new GrantRefusal("grant-stale", "The grant is too old, or its issuer's clock is far ahead.");
        if (grant.Revokes)
            return null;
        if (grant.Lifetime is <= 0 or > LongestLifetime)
            return new GrantRefusal("grant-lifetime", $"A grant holds 1 to {LongestLifetime} seconds.");
        if (directory.FindNode(grant.Node) is not { } node || node.Region != grant.Region)
            return new GrantRefusal("grant-region", $"The grant says that node '{grant.Node}' is in region '{grant.Region}'; the directory does not.");
        if (grant.FenceDigest != FenceDigest.Of(grant.Fences, grant.Countries))
            return new GrantRefusal("grant-fence-digest", "The grant's digest is not of its fence.");
        EffectiveGeofence fence = new(directory, grant.Fences, grant.Countries);
        RegionVerdict verdict = fence.For(node.Region);
        if (!verdict.Allowed)
            return new GrantRefusal("grant-outside-fence", verdict.Reason);
        string? outside = grant.Peers.FirstOrDefault(peer => directory.FindNode(peer) is not { } other || !fence.Allows(other.Region));
        if (outside is not null)
            return new GrantRefusal("grant-peer-outside-fence", $"The grant names peer '{outside}', which is not inside the fence.");
        return fence.Allows(issuer.Region) ? null : new GrantRefusal("grant-home-outside-fence", fence.For(issuer.Region).Reason);
    }

    // Read before the signature is checked, only to learn whose it should be.
    private static RouteGrant? Peek(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || text.Length > SignedDocument.MaximumLength)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text.AsSpan(0, dot)), GrantJson.Default.RouteGrant);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return null;
        }
    }

    private static bool IsSigned(string text, Node issuer)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(issuer.Key), out _);
            return SignedDocument.TryVerify(text, key, out _);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
