namespace Parley.Server.Media;

/// <summary>Whom a tunnel's username names.</summary>
/// <param name="Expires">Until when it holds, seconds since 1970 in UTC.</param>
/// <param name="Meeting">The meeting.</param>
/// <param name="Participant">The participant.</param>
internal readonly record struct TunnelUser(long Expires, string Meeting, string Participant);
