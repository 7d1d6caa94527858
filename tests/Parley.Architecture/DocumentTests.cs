using System.Text.RegularExpressions;

namespace Parley.Architecture;

public partial class DocumentTests
{
    [Fact]
    public void Every_test_that_a_document_names_exists()
    {
        ILookup<string, string> classes = House.SourceFiles("tests", "*.cs").ToLookup(static path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);
        List<string> missing = [];
        int named = 0;
        foreach (string path in House.SourceFiles("docs", "*.md"))
        {
            foreach (Match match in TestName().Matches(File.ReadAllText(path)))
            {
                named++;
                if (!classes[match.Groups[1].Value].Any(text => text.Contains($" {match.Groups[2].Value}(", StringComparison.Ordinal)))
                    missing.Add($"{House.Relative(path)}: {match.Value}");
            }
        }

        Assert.Empty(missing);
        Assert.InRange(named, 50, int.MaxValue);
    }

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z][A-Za-z0-9]*_\w+)`")]
    private static partial Regex TestName();
}
