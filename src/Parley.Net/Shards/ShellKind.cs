namespace Parley.Net.Shards;

/// <summary>Which shell carries a shard's datagrams.</summary>
public enum ShellKind
{
    /// <summary>The fastest that this machine has.</summary>
    Automatic,

    /// <summary>Linux: epoll with batched system calls.</summary>
    Linux,

    /// <summary>Sockets of the class library, on every system.</summary>
    Portable,
}
