namespace Parley.Net.Loops;

/// <summary>Why a shell dropped a datagram; each is counted.</summary>
public enum ShellDropReason
{
    /// <summary>Received, but longer than a packet buffer.</summary>
    Truncated,

    /// <summary>Received without a byte.</summary>
    Empty,

    /// <summary>Received while no packet buffer was free.</summary>
    NoBuffer,

    /// <summary>Not received: the socket's buffer in the kernel was full. Counted on Linux only.</summary>
    SocketFull,

    /// <summary>Not sent: the kernel took no more and the bounded backlog was full.</summary>
    Congested,

    /// <summary>Not sent: longer than any datagram of ours may be.</summary>
    Oversize,

    /// <summary>Not sent: the destination's address family is not the socket's, or there is no route to it.</summary>
    Unroutable,

    /// <summary>Not sent: the kernel refused it for another reason.</summary>
    SendFailed,
}
