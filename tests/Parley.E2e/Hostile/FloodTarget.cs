namespace Parley.E2e.Hostile;

/// <summary>What an attacker knows of a media connection: everything but the keys; the server's password only if the connection is the attacker's own.</summary>
internal sealed record FloodTarget(int Port, string ServerUfrag, string? ServerPassword, string ClientUfrag, uint[] Ssrcs)
{
    /// <summary>The same for somebody who is not in the meeting.</summary>
    public FloodTarget Overheard => this with { ServerPassword = null };
}
