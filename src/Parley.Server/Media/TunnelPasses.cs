using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Media;

/// <summary>
/// The credentials of this node's tunnel: nothing is kept of them, since the password is the username under a secret that lives as long as this process. Safe from any thread.
/// </summary>
internal sealed class TunnelPasses(TunnelAddresses addresses, TimeProvider time)
{
    /// <summary>How long a pass holds; an allocation that was made with it goes on as long as the meeting's grant.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>Makes a participant's pass; null where there is no tunnel.</summary>
    public TunnelPass? Issue(string meeting, string participant)
    {
        TunnelWays ways = addresses.Current;
        if (ways.Urls.Count == 0)
            return null;
        long expires = time.GetUtcNow().ToUnixTimeSeconds() + (long)Validity.TotalSeconds;
        string username = string.Create(CultureInfo.InvariantCulture, $"{expires}:{meeting}:{participant}");
        return new TunnelPass([.. ways.Urls], username, Password(username), expires);
    }

    /// <summary>Reads a username, whoever wrote it; false when it is none of ours. Only <see cref="Password"/> proves that it is.</summary>
    public static bool TryRead(string username, out TunnelUser user)
    {
        user = default;
        string[] parts = username.Split(':', 3);
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long expires))
            return false;
        user = new TunnelUser(expires, parts[1], parts[2]);
        return true;
    }

    /// <summary>Whether its time is over.</summary>
    public bool IsExpired(TunnelUser user) => time.GetUtcNow().ToUnixTimeSeconds() > user.Expires;

    /// <summary>The password of a username.</summary>
    public string Password(string username) => Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(username)));
}
