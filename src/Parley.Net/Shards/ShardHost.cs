using System.Net;
using System.Threading.Channels;
using Parley.Net.Linux;
using Parley.Net.Loops;
using Parley.Sfu.Rooms;

namespace Parley.Net.Shards;

/// <summary>A shard at work: its thread, its socket, and the two ways across the thread's border: commands in, events out. All members are safe from any thread.</summary>
public sealed class ShardHost : IAsyncDisposable
{
    /// <summary>How long <see cref="Stop"/> waits for the thread.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IShardLoop _loop;
    private readonly Mailbox _mailbox;
    private readonly EventPump _events;
    private readonly StopFlag _stop = new();
    private readonly Action<Exception>? _report;
    private readonly int? _processor;
    private readonly Thread _thread;
    private bool _isStarted;
    private bool _isReleased;

    internal ShardHost(ShardHostSettings settings, ShellKind shell, IShardLoop loop, Mailbox mailbox, EventPump events, Action<Exception>? report)
    {
        _loop = loop;
        _mailbox = mailbox;
        _events = events;
        _report = report;
        _processor = settings.Processor;
        Shell = shell;
        LocalEndPoint = loop.LocalEndPoint;
        _thread = new Thread(Run) { Name = settings.Name, IsBackground = true };
    }

    /// <summary>Which shell was chosen.</summary>
    public ShellKind Shell { get; }

    /// <summary>The bound address and port.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>The bound UDP port.</summary>
    public int LocalPort => LocalEndPoint.Port;

    /// <summary>What the shard tells; completes after the shard's end. A slow reader does not hold the shard up.</summary>
    public ChannelReader<ShardEvent> Events => _events.Reader;

    /// <summary>Whether the shard's thread runs.</summary>
    public bool IsRunning => _thread.IsAlive;

    /// <summary>The shell's counters now.</summary>
    public ShellCounters Counters => _loop.Counters.Snapshot(_mailbox.Refused);

    /// <summary>Starts the thread; once.</summary>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsRaised, this);
            if (_isStarted)
                return;
            _isStarted = true;
            _thread.Start();
        }
    }

    /// <summary>Gives the shard a command, in order for each caller; false when its mailbox is full or it has ended.</summary>
    public bool Post(ShardCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!_mailbox.TryPost(command))
            return false;
        _loop.Wake.Signal();
        return true;
    }

    /// <summary>
    /// Ends the shard after the commands posted before, and waits for its thread at most <see cref="StopTimeout"/>; false when it did not end in time. May be called again.
    /// </summary>
    public bool Stop()
    {
        lock (_gate)
        {
            _stop.Raise();
            if (!_isStarted)
            {
                Release();
                return true;
            }
        }

        _loop.Wake.Signal();
        return _thread.Join(StopTimeout);
    }

    /// <summary>Stops the shard.</summary>
    public async ValueTask DisposeAsync()
    {
        // Joining blocks: not on a thread that serves requests.
        if (!await Task.Run(Stop).ConfigureAwait(false))
            _report?.Invoke(new TimeoutException($"The thread of {_thread.Name} did not end within {StopTimeout.TotalSeconds:0.#} s."));
    }

    private void Run()
    {
        try
        {
            if (_processor is int processor && OperatingSystem.IsLinux() && !ThreadAffinity.TryPin(processor))
                _report?.Invoke(new InvalidOperationException($"Processor {processor} cannot be used by {_thread.Name}."));
            _loop.Run(_stop);
        }
        catch (Exception exception)
        {
            // Only a bug of the loop itself comes here: the shard ends, its reader sees the channel's end, the process lives.
            _report?.Invoke(exception);
        }
        finally
        {
            Release();
        }
    }

    private void Release()
    {
        if (_isReleased)
            return;
        _isReleased = true;
        _mailbox.Close();
        _events.Complete();
        _loop.Dispose();
    }
}
