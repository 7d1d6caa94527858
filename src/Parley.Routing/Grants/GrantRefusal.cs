namespace Parley.Routing.Grants;

/// <summary>Why a node does not take a grant.</summary>
/// <param name="Rule">The rule's code, such as <c>grant-region</c>.</param>
/// <param name="Sentence">What is wrong, for people.</param>
public sealed record GrantRefusal(string Rule, string Sentence);
