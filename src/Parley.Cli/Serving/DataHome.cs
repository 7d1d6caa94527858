namespace Parley.Cli.Serving;

/// <summary>Where data lives when nobody says: the user's data home (XDG on Linux).</summary>
internal static class DataHome
{
    /// <summary>The data directory of <c>serve</c>.</summary>
    public static string Default => Path.Combine(Base, "parley");

    /// <summary>The data directory of <c>demo</c>: another one, so that it never meets a real node's meetings.</summary>
    public static string Demo => Path.Combine(Base, "parley-demo");

    private static string Base => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
        ? home
        : AppContext.BaseDirectory;
}
