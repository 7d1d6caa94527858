using System.Text.RegularExpressions;

namespace Parley.Architecture;

public partial class SourceTests
{
    private const int HardLimit = 800;

    [Fact]
    public void No_file_is_longer_than_the_hard_limit()
    {
        IEnumerable<string> files = House.SourceFiles("src", "*.cs").Concat(House.SourceFiles("tests", "*.cs"))
            .Concat(House.SourceFiles("web", "*.ts")).Concat(House.SourceFiles("web", "*.svelte"));
        IEnumerable<string> tooLong = files.Where(static path => File.ReadLines(path).Count() > HardLimit).Select(House.Relative);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Protocol_code_reads_no_clock_no_entropy_and_no_socket()
    {
        List<string> askers = [];
        foreach (string path in House.Pure.SelectMany(static project => House.SourceFiles("src/" + project, "*.cs")))
        {
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                string code = line.Split("//", 2)[0];
                if (Asking().IsMatch(code))
                    askers.Add($"{House.Relative(path)}:{number}");
            }
        }

        Assert.Empty(askers);
    }

    [Fact]
    public void Protocol_code_suppresses_no_ban()
    {
        IEnumerable<string> suppressing = House.Pure.SelectMany(static project => House.SourceFiles("src/" + project, "*.cs"))
            .Where(static path => File.ReadAllText(path).Contains("RS0030", StringComparison.Ordinal)).Select(House.Relative);
        Assert.Empty(suppressing);
    }

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset|Stopwatch|TickCount64|TickCount|TimeProvider|RandomNumberGenerator|NewGuid|ILogger|Console)\b|\bnew (Random|Thread|Timer|Socket|UdpClient)\b|\b(Task|ThreadPool|Monitor|File)\.|\block \(|\basync\b|\bawait\b")]
    private static partial Regex Asking();
}
