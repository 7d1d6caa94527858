using System.Net;
using Parley.Net.Loops;

namespace Parley.Net.Shards;

/// <summary>Where and how a shard runs.</summary>
public sealed record ShardHostSettings
{
    /// <summary>The thread's name, shown by tools of the operating system (Linux shows 15 characters).</summary>
    public string Name { get; init; } = "shard-0";

    /// <summary>The address to bind; <c>::</c> receives IPv4, too.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Any;

    /// <summary>The UDP port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Which shell.</summary>
    public ShellKind Shell { get; init; }

    /// <summary>How the Linux shell sends; it falls back by itself where the kernel refuses.</summary>
    public SendMethod SendMethod { get; init; } = SendMethod.Segmented;

    /// <summary>
    /// How long an idle shard lets datagrams gather after the first (Linux): a frame's packets are then forwarded together, which costs this delay and saves turns and messages.
    /// Less than a second; zero receives at once.
    /// </summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.FromMicroseconds(300);

    /// <summary>The processor that the thread stays on (Linux); null lets the system move it.</summary>
    public int? Processor { get; init; }

    /// <summary>Packet buffers of 2 kB each; they hold what is being received and what the shard keeps for retransmission.</summary>
    public int PacketBuffers { get; init; } = 16_384;

    /// <summary>The kernel's buffers for the socket, bytes each way; the system may grant less.</summary>
    public int SocketBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most commands that wait for the shard.</summary>
    public int MailboxCapacity { get; init; } = 4096;

    /// <summary>The most events that wait for their reader before statistics are dropped and the others stay in the shard.</summary>
    public int EventCapacity { get; init; } = 8192;
}
