namespace Parley.Routing.Routes;

/// <summary>A grant or a revocation that was sent.</summary>
/// <param name="Serial">Its serial.</param>
/// <param name="Content">What it says; null: it revokes.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Lifetime">How long it holds, seconds.</param>
internal sealed record SentGrant(long Serial, GrantContent? Content, long At, int Lifetime);
