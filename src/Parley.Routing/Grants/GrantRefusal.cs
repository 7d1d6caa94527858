namespace Parley.Routing.Grants;

/// <summary>Why a node does not take a grant.</summary>
/// <param name="Rule">The rule's code, such as <c>grant-region</c>.</param>
/// <param name="Sentence">What is wrong, for people.</param>
public sealed record GrantRefusal(string Rule, string Sentence)
{
    /// <summary>The rule <c>grant-superseded</c>: a newer grant or revocation of the meeting was seen before.</summary>
    public const string Superseded = "grant-superseded";

    /// <summary>The rule <c>grant-operator-fence</c>: the node's own operator forbids the node's region, the meeting's home or a neighbour, whatever fence the grant carries.</summary>
    public const string OperatorFence = "grant-operator-fence";

    /// <summary>The rule <c>grant-life</c>: the grant is for the node as it was before it restarted.</summary>
    public const string OtherLife = "grant-life";
}
