using System.Text.Json;
using System.Threading.Channels;
using Parley.Cli.Load.Signalling;
using Parley.Net.Clocks;
using Parley.NetLab.Network;
using Parley.Rtc.Sdp;

namespace Parley.NetLab.People;

/// <summary>Somebody in a meeting without a browser: the protocol of the web client over the hub, the load's media. What happens is dealt with one after the other.</summary>
internal sealed class Member : IAsyncDisposable
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan MovePatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    private readonly Channel<Happening> _happenings = Channel.CreateUnbounded<Happening>();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _others = [];
    private readonly List<Move> _moves = [];
    private readonly List<string> _story = [];
    private readonly CancellationTokenSource _end = new();
    private readonly WanPort _port;
    private readonly Uri _door;
    private readonly string _meeting;
    private readonly string? _hostKey;
    private Dictionary<string, double> _roundTrips = [];
    private MemberHub? _hub;
    private string? _resume;
    private Task _running = Task.CompletedTask;
    private int _life;

    public Member(string name, int number, int most, WanPort port, Uri door, string meeting, string? hostKey)
    {
        (Name, Number, _port, _door, _meeting, _hostKey) = (name, number, port, door, meeting, hostKey);
        Media = new MemberMedia(port.Space, port.Address, number, most);
    }

    public string Name { get; }

    public int Number { get; }

    public MemberMedia Media { get; }

    public WanPort Port => _port;

    /// <summary>Its id in the meeting; the same over every loss.</summary>
    public string Participant { get; private set; } = "";

    /// <summary>When it was in the meeting first, us.</summary>
    public long Arrived { get; private set; }

    /// <summary>The node that carries it.</summary>
    public string Node { get; private set; } = "";

    /// <summary>Why the meeting is over for it; null: it is not.</summary>
    public string? Ended { get; private set; }

    /// <summary>Its moves so far.</summary>
    public IReadOnlyList<Move> Moves
    {
        get
        {
            lock (_gate)
                return [.. _moves];
        }
    }

    /// <summary>What happened to it, for whoever looks for a fault.</summary>
    public string Story
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _story);
        }
    }

    /// <summary>Joins, and stays until disposed.</summary>
    public async Task JoinAsync(object? fence = null)
    {
        _roundTrips = await Prober.MeasureAsync(_port.Space, _door, _meeting);
        Tell($"measured {string.Join(", ", _roundTrips.Select(static entry => $"{entry.Key} {entry.Value:0} ms"))}");
        await EnterAsync(fence);
        Arrived = MonotonicClock.Shared.Now.Microseconds;
        _running = RunAsync(fence);
    }

    /// <summary>Leaves the meeting as a person does.</summary>
    public async Task LeaveAsync()
    {
        if (_hub is { } hub && Ended is null)
            await hub.LeaveAsync();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        _happenings.Writer.TryComplete();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_hub is { } hub)
            await hub.DisposeAsync();
        Media.Dispose();
        _end.Dispose();
    }

    private async Task EnterAsync(object? fence)
    {
        int life = ++_life;
        if (_hub is { } old)
            await old.DisposeAsync();
        _hub = null;
        MemberHub hub = _hub = await MemberHub.ConnectAsync(_port.Space, _door, (name, argument) => _happenings.Writer.TryWrite(new(life, name, argument)), () => _happenings.Writer.TryWrite(new(life, "lost", default)));
        (LocalPeer local, SessionDescription offer) = Media.Offer();
        JsonElement joined = await hub.CallAsync("join", new
        {
            meeting = _meeting,
            name = Name,
            offer = offer.ToString(),
            tracks = new Dictionary<string, string> { ["0"] = "camera" },
            microphone = false,
            camera = true,
            roundTrips = _roundTrips,
            resume = _resume,
            hostKey = _hostKey,
            fence,
        });
        Participant = joined.GetProperty("participant").GetString()!;
        _resume = joined.GetProperty("resume").GetString();
        _others.Clear();
        foreach (JsonElement person in joined.GetProperty("participants").EnumerateArray())
            _others.Add(person.GetProperty("id").GetString()!);
        await ConnectAsync(hub, "join", local, offer, joined, JoinPatience);
    }

    private async Task ConnectAsync(MemberHub hub, string reason, LocalPeer local, SessionDescription offer, JsonElement answer, TimeSpan patience)
    {
        string node = answer.GetProperty("node").GetProperty("id").GetString()!;
        Tell($"{reason}: {node} answers");
        Task view = ViewAsync(hub);
        await Media.ConnectAsync(local, offer, answer.GetProperty("answer").GetString()!, patience);
        Node = node;
        Tell($"{reason}: connected to {node}");
        await view;
    }

    // Everyone else's picture. A new peer connection begins with none.
    private Task ViewAsync(MemberHub hub) =>
        hub.TellAsync("view", new { wishes = _others.Where(id => id != Participant).Select(static id => new { participant = id, source = "camera", height = 360 }).ToArray() });

    private async Task RunAsync(object? fence)
    {
        await foreach (Happening happening in _happenings.Reader.ReadAllAsync())
        {
            if (happening.Life != _life || _end.IsCancellationRequested)
                continue;
            try
            {
                await HandleAsync(happening, fence);
            }
            catch (Exception fault) when (!_end.IsCancellationRequested)
            {
                Tell($"{happening.Name} failed: {fault.Message}");
                if (happening.Name is "move" or "mediaLost")
                    await RetryAsync(happening);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    private async Task HandleAsync(Happening happening, object? fence)
    {
        switch (happening.Name)
        {
            case "participantJoined":
                _others.Add(happening.Argument.GetProperty("id").GetString()!);
                await ViewAsync(_hub!);
                break;
            case "participantLeft":
                _others.Remove(happening.Argument.GetProperty("id").GetString()!);
                await ViewAsync(_hub!);
                break;
            case "move" or "mediaLost":
                await MoveAsync(happening);
                break;
            case "stopping":
                Tell("the node is stopping");
                break;
            case "ended":
                Ended = happening.Argument.ToString();
                Tell($"ended: {Ended}");
                break;
            case "lost" when Ended is null:
                await ComeBackAsync(fence);
                break;
        }
    }

    private async Task MoveAsync(Happening happening)
    {
        string reason = happening.Argument.GetProperty("reason").GetString()!;
        Note(reason, null);
        Tell($"{happening.Name} {happening.Argument}");
        (LocalPeer local, SessionDescription offer) = Media.Offer();
        JsonElement answer = await _hub!.CallAsync("negotiate", new { offer = offer.ToString(), tracks = new Dictionary<string, string> { ["0"] = "camera" }, restart = true });
        await ConnectAsync(_hub, reason, local, offer, answer, MovePatience);
        Note(reason, Node);
    }

    private async Task RetryAsync(Happening happening)
    {
        await Task.Delay(Between);
        _happenings.Writer.TryWrite(happening);
    }

    private async Task ComeBackAsync(object? fence)
    {
        Note("lost", null);
        Tell("signalling is lost");
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await EnterAsync(fence);
                Note("lost", Node);
                return;
            }
            catch (Exception fault) when (!_end.IsCancellationRequested)
            {
                Tell($"could not come back: {fault.Message}");
                await Task.Delay(Between);
            }
        }
    }

    private void Note(string reason, string? node)
    {
        lock (_gate)
            _moves.Add(new Move(MonotonicClock.Shared.Now.Microseconds, reason, node));
    }

    private void Tell(string line)
    {
        lock (_gate)
            _story.Add($"{MonotonicClock.Shared.Now.Microseconds / 1e6:0.000} {Name}: {line}");
    }

    private sealed record Happening(int Life, string Name, JsonElement Argument);
}
