namespace Parley.Server.Directory;

/// <summary>What a demonstration lets people try.</summary>
/// <param name="Places">The countries that one may pretend to be in: ISO 3166-1 alpha-2.</param>
internal sealed record DemoView(IReadOnlyList<string> Places);
