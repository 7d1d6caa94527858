namespace Parley.E2e.Support;

/// <summary>Where things stand in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The release build's command, as <c>make build</c> leaves it.</summary>
    public static string Command => Path.Combine(Root, "out", "parley");

    /// <summary>Where pictures and logs of a run are left for a person to open.</summary>
    public static string Artifacts(string name) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", name)).FullName;

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Parley.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Parley.slnx was not found above the test's folder.");
    }
}
