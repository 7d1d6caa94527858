namespace Parley.NetLab.Scenarios;

/// <summary>One lab for the scenarios of a class, one after the other. A scenario that fails takes the lab with it, and the next one begins with another.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    private Lab? _lab;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a scenario in the lab, with all nodes running, listed and joined.</summary>
    internal async Task RunAsync(string title, Func<Lab, Task> scenario, int seed = 1)
    {
        _lab ??= await Lab.StartAsync("lab");
        Lab lab = _lab;
        try
        {
            lab.Begin(title, seed);
            await scenario(lab);
            await lab.EndMeetingsAsync();
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
        if (_lab is not { } lab)
            return;
        // What every scenario relied on.
        lab.CapturesAreWhole();
        lab.Pass();
        await lab.DisposeAsync();
    }
}
