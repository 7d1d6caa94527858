using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Parley.Architecture;

/// <summary>The assemblies of the house, in the order in which they may see each other (docs/architecture.md).</summary>
internal static class House
{
    /// <summary>Each project and the Parley projects that it may reference.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayReference = new Dictionary<string, string[]>
    {
        ["Parley.Rtc"] = [],
        ["Parley.Routing"] = [],
        ["Parley.Sfu"] = ["Parley.Rtc"],
        ["Parley.Dtls"] = ["Parley.Rtc", "Parley.Sfu"],
        ["Parley.Net"] = ["Parley.Rtc", "Parley.Sfu"],
        ["Parley.Server"] = ["Parley.Rtc", "Parley.Routing", "Parley.Sfu", "Parley.Dtls", "Parley.Net"],
        ["parley"] = ["Parley.Rtc", "Parley.Routing", "Parley.Sfu", "Parley.Dtls", "Parley.Net", "Parley.Server"],
    };

    public static readonly string[] Pure = ["Parley.Rtc", "Parley.Routing", "Parley.Sfu"];

    public static readonly Assembly[] Assemblies = [.. MayReference.Keys.Select(Assembly.Load)];

    public static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader().LoadAssemblies(Assemblies).Build();

    /// <summary>The repository's root, found from where the test runs.</summary>
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> SourceFiles(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal) && !path.Contains("/dist/", StringComparison.Ordinal));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Parley.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Parley.slnx was not found above the test's folder.");
    }
}
