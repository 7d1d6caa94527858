using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.xUnitV3;

namespace Parley.Architecture;

public class NamespaceTests
{
    [Theory]
    [InlineData("Parley.Rtc.(*)")]
    [InlineData("Parley.Routing.(*)")]
    [InlineData("Parley.Sfu.(*)")]
    [InlineData("Parley.Server.(*)")]
    public void Namespaces_have_no_cycles(string pattern) =>
        SliceRuleDefinition.Slices().Matching(pattern).Should().BeFreeOfCycles().Check(House.Architecture);

    [Fact]
    public void A_file_stands_where_its_namespace_leads()
    {
        List<string> strays = [];
        foreach (string path in House.SourceFiles("src", "*.cs"))
        {
            // Migrations are written by Entity Framework's tool, in its own form.
            string? declared = path.Contains("/Migrations/", StringComparison.Ordinal) ? null : File.ReadLines(path).FirstOrDefault(static line => line.StartsWith("namespace ", StringComparison.Ordinal));
            string expected = Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(House.Root, "src"), path))!.Replace('/', '.');
            if (declared is not null && !declared.StartsWith("namespace " + expected + ";", StringComparison.Ordinal))
                strays.Add(House.Relative(path));
        }

        Assert.Empty(strays);
    }
}
