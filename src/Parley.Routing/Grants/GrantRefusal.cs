namespace Parley.Routing.Grants;

/// <summary>Why a node does not take a grant.</summary>
/// <param name="Rule">The rule's code, such as <c>grant-region</c>.</param>
/// <param name="Sentence">What is wrong, for people.</param>
public sealed record GrantRefusal(string Rule, string Sentence)
{
    /// <summary>The rule <c>grant-superseded</c>: a newer grant or revocation of the meeting was seen before.</summary>
    public const string Superseded = "grant-superseded";
}
