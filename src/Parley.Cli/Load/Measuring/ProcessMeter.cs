using System.Globalization;

namespace Parley.Cli.Load.Measuring;

/// <summary>Reads what a process has used so far from <c>/proc</c> (proc(5)): the kernel's own account, from outside.</summary>
public sealed class ProcessMeter
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed at 100 in the kernel's interface.
    private const int UserTimeField = 11;      // Counted after the command name: state is field 0.
    private const int SystemTimeField = 12;

    private readonly int _process;

    /// <summary>Makes a meter for a process id.</summary>
    public ProcessMeter(int process) => _process = process;

    /// <summary>Seconds of processor time, user and system, of all threads since the process began.</summary>
    public double ProcessorSeconds()
    {
        string stat = File.ReadAllText($"/proc/{_process}/stat");
        // The command name stands in parentheses and may hold spaces.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[UserTimeField]) + Number(fields[SystemTimeField])) / TicksPerSecond;
    }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes()
    {
        foreach (string line in File.ReadLines($"/proc/{_process}/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
        }

        return 0;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
