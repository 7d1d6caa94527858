namespace Parley.E2e.Hostile;

/// <summary>What an attacker has overheard of somebody's media connection: everything but the passwords and the keys.</summary>
internal sealed record FloodTarget(int Port, string ServerUfrag, string ClientUfrag, uint[] Ssrcs);
