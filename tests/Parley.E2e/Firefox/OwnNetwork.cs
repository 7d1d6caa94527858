using System.Diagnostics;
using Parley.E2e.Support;

namespace Parley.E2e.Firefox;

/// <summary>Runs a test again inside a network namespace of its own, whatever network this machine has.</summary>
internal static class OwnNetwork
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    /// <summary>Whether this process is the one inside.</summary>
    public static bool IsInside => Environment.GetEnvironmentVariable("PARLEY_E2E_NETWORK") == "own";

    /// <summary>Runs one test method inside, and fails with what it said if it fails there; what it said.</summary>
    public static async Task<string> RunAsync(string test)
    {
        ProcessStartInfo start = new(Path.Combine(Repository.Root, "tests", "Parley.E2e", "Firefox", "run-in-a-network-of-its-own.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Parley.E2e"), "--filter-method", test, "--output", "detailed", "--progress", "off", "--no-ansi" },
        };
        start.Environment.Remove("TESTINGPLATFORM_DOTNETTEST_EXECUTIONID");
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Timeout);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        string all = $"{await said}\n{await errors}";
        Assert.True(process.HasExited && process.ExitCode == 0, all);
        return all;
    }
}
