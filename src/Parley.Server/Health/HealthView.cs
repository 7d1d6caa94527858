namespace Parley.Server.Health;

/// <summary>How the node is.</summary>
/// <param name="Status"><c>ok</c>, <c>ready</c> or <c>unready</c>.</param>
/// <param name="Faults">What is not well: <c>stopping</c>, <c>media</c>, <c>storage</c>.</param>
internal sealed record HealthView(string Status, string[] Faults);
