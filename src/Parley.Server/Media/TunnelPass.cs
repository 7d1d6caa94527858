namespace Parley.Server.Media;

/// <summary>What one participant needs to come through a node's tunnel, for a few minutes.</summary>
/// <param name="Urls">The node's TURN servers.</param>
/// <param name="Username">The user.</param>
/// <param name="Credential">The password.</param>
/// <param name="Expires">Until when it holds, seconds since 1970 in UTC.</param>
[GenerateSerializer]
[Immutable]
internal sealed record TunnelPass(string[] Urls, string Username, string Credential, long Expires)
{
    /// <summary>Never shows the credential: a record's own text would.</summary>
    public override string ToString() => $"TunnelPass {{ {Username} }}";
}
