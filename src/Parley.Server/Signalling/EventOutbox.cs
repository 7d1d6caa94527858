using Parley.Server.Encryption;
using Parley.Server.Encryption.Events;

namespace Parley.Server.Signalling;

/// <summary>
/// One connection's events, sent in the order in which they were told. What may wait of the group's is bounded: a client that takes them too slowly loses them all and is told so, once,
/// with <c>mlsLost</c>; it hears of the group again after <see cref="Reopen"/>. Any thread.
/// </summary>
/// <param name="send">Sends an event; done when the connection has taken it.</param>
internal sealed class EventOutbox(Func<string, object, Task> send)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(string Name, object Argument)> _waiting = [];
    private int _groupEvents;
    private int _groupSize;
    private bool _isLost;
    private bool _isSending;

    /// <summary>Sends an event.</summary>
    public void Send(string name, object argument)
    {
        lock (_lock)
        {
            _waiting.AddLast((name, argument));
            if (_isSending)
                return;
            _isSending = true;
        }

        // Never on the caller's thread: sending may take its time.
        _ = Task.Run(SendAllAsync);
    }

    /// <summary>Sends an event of the group, or says that it was one too many.</summary>
    public void Send(GroupEvent told)
    {
        lock (_lock)
        {
            if (_isLost)
                return;
            if (_groupEvents >= DeliveryLimits.OutboxLength || _groupSize + told.Size > DeliveryLimits.OutboxSize)
            {
                Lose();
                told = new GroupLost(told.Generation);
            }

            _groupEvents++;
            _groupSize += told.Size;
        }

        Send(told.Name, told);
    }

    /// <summary>The client comes into the group anew.</summary>
    public void Reopen()
    {
        lock (_lock)
            _isLost = false;
    }

    private void Lose()
    {
        _isLost = true;
        for (LinkedListNode<(string Name, object Argument)>? node = _waiting.First; node is not null;)
        {
            LinkedListNode<(string Name, object Argument)>? next = node.Next;
            if (node.Value.Argument is GroupEvent)
                _waiting.Remove(node);
            node = next;
        }

        (_groupEvents, _groupSize) = (0, 0);
    }

    private async Task SendAllAsync()
    {
        while (Take() is { } next)
        {
            try
            {
                await send(next.Name, next.Argument);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The connection is gone, which its own end tells.
            }
        }
    }

    private (string Name, object Argument)? Take()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } first)
            {
                _isSending = false;
                return null;
            }

            _waiting.RemoveFirst();
            if (first.Value.Argument is GroupEvent told)
            {
                _groupEvents--;
                _groupSize -= told.Size;
            }

            return first.Value;
        }
    }
}
