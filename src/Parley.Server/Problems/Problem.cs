namespace Parley.Server.Problems;

/// <summary>An error as RFC 9457 writes it: the same on HTTP and on the hub.</summary>
/// <param name="Type">A path that names the kind of error: <c>/problems/CODE</c>.</param>
/// <param name="Title">The kind of error in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened here and what to do, as a sentence.</param>
/// <param name="Code">The kind of error for programs; it never changes.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>Makes a problem from its code.</summary>
    public static Problem Of(string code, int status, string title, string detail) => new($"/problems/{code}", title, status, detail, code);
}
