using Parley.Routing.Grants;

namespace Parley.Server.Meetings;

/// <summary>A node's answer to a grant or a revocation.</summary>
/// <param name="Refusal">Why the node does not take it; null: it does.</param>
internal sealed record GrantAnswer(GrantRefusal? Refusal);
