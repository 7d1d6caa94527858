namespace Parley.Fuzz;

/// <summary>One parser of network bytes: takes any bytes, and must neither throw nor hang.</summary>
/// <param name="Name">The name on the command line and of its corpus folder.</param>
/// <param name="Run">What is fuzzed.</param>
public sealed record FuzzTarget(string Name, Action<byte[]> Run);
