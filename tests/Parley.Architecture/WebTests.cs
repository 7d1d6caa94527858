using System.Text.RegularExpressions;

namespace Parley.Architecture;

/// <summary>The titles of the web client's tests, as a document may quote them.</summary>
internal sealed partial class WebTests
{
    private readonly ILookup<string, string[]> _titles = House.SourceFiles("web", "*.test.ts")
        .ToLookup(static path => Path.GetFileName(path), static path => Literals(File.ReadAllText(path)));

    // Some titles are the names of cases in files that other languages read too.
    private readonly string _vectors = string.Concat(House.SourceFiles("tests/vectors", "*.json").Select(File.ReadAllText)).Replace("\\u0027", "'", StringComparison.Ordinal);

    /// <summary>Whether a file of that name has a test of that title: word for word, or as one of the cases of a title with <c>%s</c>. Three dots stand for what is left out at the beginning.</summary>
    public bool Has(string file, string title)
    {
        string sought = title.StartsWith("...", StringComparison.Ordinal) ? title[3..].Trim() : title;
        return _titles[file].Any(literals => literals.Any(literal => literal.Contains(sought, StringComparison.Ordinal) || IsCase(literal, sought, literals)));
    }

    private static string[] Literals(string source) =>
        [.. Literal().Matches(source).Select(static match => match.Groups[2].Value.Replace("\\'", "'", StringComparison.Ordinal))];

    private bool IsCase(string literal, string title, string[] literals)
    {
        if (!literal.Contains("%s", StringComparison.Ordinal))
            return false;
        Match match = Regex.Match(title, $"^{Regex.Escape(literal).Replace("%s", "(.+?)", StringComparison.Ordinal)}$");
        return match.Success && match.Groups.Values.Skip(1).All(part => _vectors.Contains(part.Value, StringComparison.Ordinal) || literals.Any(other => other != literal && other.Contains(part.Value, StringComparison.Ordinal)));
    }

    [GeneratedRegex("""(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1""")]
    private static partial Regex Literal();
}
