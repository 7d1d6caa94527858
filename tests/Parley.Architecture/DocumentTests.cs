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

    [Fact]
    public void Every_web_test_that_a_document_quotes_exists()
    {
        WebTests tests = new();
        List<string> missing = [];
        int quoted = 0;
        foreach (string path in House.SourceFiles("docs", "*.md"))
        {
            foreach (Match match in Quotations().Matches(File.ReadAllText(path)))
            {
                foreach (Capture title in match.Groups[2].Captures)
                {
                    quoted++;
                    if (!tests.Has(match.Groups[1].Value, title.Value))
                        missing.Add($"{House.Relative(path)}: {match.Groups[1].Value} \"{title.Value}\"");
                }
            }
        }

        Assert.Empty(missing);
        Assert.InRange(quoted, 50, int.MaxValue);
    }

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z][A-Za-z0-9]*_\w+)`")]
    private static partial Regex TestName();

    // `file.test.ts` "title", "title": the titles that follow a file's name.
    [GeneratedRegex("""
        `(\w+\.test\.ts)`[: (]*(?:vectors )?(?:[, ]*(?:and )?"([^"\n]+)")+
        """)]
    private static partial Regex Quotations();
}
