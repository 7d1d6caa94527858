namespace Parley.Server.Media;

/// <summary>Whose ICE user fragment it is.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Participant">The participant.</param>
/// <param name="Port">The UDP port of the shard.</param>
internal sealed record UfragOwner(string Meeting, string Participant, int Port);
