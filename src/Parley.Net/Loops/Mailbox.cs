using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Parley.Sfu.Rooms;

namespace Parley.Net.Loops;

/// <summary>A shard's bounded mailbox: any thread posts, the shard's thread takes; neither waits for the other.</summary>
internal sealed class Mailbox(int capacity)
{
    private readonly ConcurrentQueue<ShardCommand> _commands = new();
    private int _count;
    private long _refused;
    private volatile bool _closed;

    /// <summary>Commands refused because the mailbox was full or closed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _commands.IsEmpty;

    /// <summary>Adds a command; false when the mailbox is full or closed.</summary>
    public bool TryPost(ShardCommand command)
    {
        if (_closed)
            return Refuse();
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return Refuse();
        }

        _commands.Enqueue(command);
        return true;
    }

    /// <summary>Takes the oldest command.</summary>
    public bool TryTake([MaybeNullWhen(false)] out ShardCommand command)
    {
        if (!_commands.TryDequeue(out command))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Refuses what is posted from now on.</summary>
    public void Close() => _closed = true;

    private bool Refuse()
    {
        Interlocked.Increment(ref _refused);
        return false;
    }
}
