using Parley.Server.Configuration;

namespace Parley.Server.Directory;

/// <summary>Follows the file of the signed directory. What cannot be believed is kept out, and the operator told why once.</summary>
internal sealed class DirectoryWatch(NodeOptions options, NodeDirectory directory, TimeProvider time, ILogger<DirectoryWatch> log) : BackgroundService
{
    // Looking costs less than a watcher of the file system, and works on shared and mounted ones.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private (DateTime Written, long Length) _seen;
    private string _refused = "";

    /// <summary>Looks at the file now.</summary>
    public void Look()
    {
        FileInfo file = new(options.DirectoryFile);
        if (!file.Exists || (file.LastWriteTimeUtc, file.Length) == _seen)
            return;
        (DateTime, long) seen = (file.LastWriteTimeUtc, file.Length);
        string text = DirectoryFile.Read(options.DirectoryFile);
        _seen = seen;
        if (text == directory.Text)
            return;
        long before = directory.Current.Version;
        if (directory.Accept(text) is { } reason)
            Refuse(reason);
        else
            Take(before);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.DirectoryFile.Length == 0)
            return;
        using PeriodicTimer timer = new(Period, time);
        try
        {
            do
            {
                try
                {
                    Look();
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    Refuse(fault.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The end of the node.
        }
    }

    private void Take(long before)
    {
        log.LogInformation("Directory version {Version} follows version {Before}", directory.Current.Version, before);
        if (directory.FenceFault is { } fault)
            log.LogWarning("Nobody is let into any meeting here: {Reason}", fault);
    }

    private void Refuse(string reason)
    {
        if (_refused == reason)
            return;
        _refused = reason;
        log.LogError("The directory in {File} is kept out; version {Version} stays: {Reason}", options.DirectoryFile, directory.Current.Version, reason);
    }
}
