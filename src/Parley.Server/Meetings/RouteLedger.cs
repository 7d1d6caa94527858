using Parley.Routing.Routes;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>
/// Keeps a meeting's <see cref="MeetingRoute.Memory"/> over a restart of the home, as far as other nodes carry the meeting: this one's media ends with it. One caller at a time, all on the
/// grain's scheduler; writes follow each other.
/// </summary>
internal sealed class RouteLedger(string meeting, string own, string? stored, IRouteMemories memories)
{
    private string? _stored = stored;
    private string? _wanted = stored;
    private Task _last = Task.CompletedTask;
    private bool _isClosed;

    /// <summary>What was kept when the grain was activated.</summary>
    public RouteMemory Former { get; } = stored is null ? RouteMemory.None : RouteMemoryText.Read(stored);

    /// <summary>Stores a memory, if it is another than the one that is stored. It is, when this returns.</summary>
    public Task KeepAsync(RouteMemory memory)
    {
        string? text = Text(memory);
        if (text == _wanted)
            return _last;
        _wanted = text;
        return _last = StoreAsync(_last, text);
    }

    /// <summary>Stores that no other node carries the meeting any more, if so; nobody waits for it.</summary>
    public Task TidyAsync(RouteMemory memory) => !_isClosed && _wanted is not null && Text(memory) is null ? KeepAsync(memory) : Task.CompletedTask;

    /// <summary>The grain is going: what is stored stays, and is looked at by the next one.</summary>
    public void Close() => _isClosed = true;

    private string? Text(RouteMemory memory)
    {
        string[] others = [.. memory.Nodes.Where(node => node != own)];
        return others.Length == 0 ? null : RouteMemoryText.Write(memory with { Nodes = others });
    }

    private async Task StoreAsync(Task before, string? text)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_stored == text)
            return;
        try
        {
            await memories.StoreAsync(meeting, text);
            _stored = text;
        }
        catch
        {
            // What is stored now is not known: the next one writes.
            _stored = _wanted = "";
            throw;
        }
    }
}
