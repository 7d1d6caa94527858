namespace Parley.NetLab.Scenarios;

/// <summary>One lab for scenarios, one after the other. A scenario that fails takes the lab with it, and the next one begins with another; so it does when the captures have become long.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    private const int MostScenarios = 12;

    private Lab? _lab;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a scenario in the lab, with all nodes running, listed and joined.</summary>
    internal async Task RunAsync(string title, Func<Lab, Task> scenario, int seed = 1)
    {
        if (_lab is { Scenarios: >= MostScenarios })
            await DisposeAsync();
        _lab ??= await Lab.StartAsync("lab");
        Lab lab = _lab;
        try
        {
            lab.Begin(title, seed);
            await scenario(lab);
            await lab.EndMeetingsAsync(properly: true);
        }
        catch
        {
            _lab = null;
            await lab.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _lab, null) is not { } lab)
            return;
        await using (lab)
        {
            // What every scenario relied on.
            lab.CapturesAreWhole();
            lab.Pass();
        }
    }
}
