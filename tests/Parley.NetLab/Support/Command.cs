using System.Diagnostics;

namespace Parley.NetLab.Support;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    /// <summary>What it printed; fails with what it said when it failed.</summary>
    public static string Run(params ReadOnlySpan<string> words)
    {
        (int code, string output) = Try(words);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', words!)} ended with {code}: {output}");
    }

    /// <summary>Its exit code and all that it printed.</summary>
    public static (int Code, string Output) Try(params ReadOnlySpan<string> words)
    {
        ProcessStartInfo start = new(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in words[1..])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
