namespace Parley.E2e.Support;

/// <summary>What a WHIP or WHEP POST answered: the status, the resource's address and, when refused, the problem.</summary>
internal sealed record Resource(int Status, string? Location, string? Text);
