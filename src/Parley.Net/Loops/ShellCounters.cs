namespace Parley.Net.Loops;

/// <summary>A shell's counters since its start.</summary>
public sealed record ShellCounters
{
    /// <summary>Datagrams received, dropped ones included.</summary>
    public required long DatagramsReceived { get; init; }

    /// <summary>Bytes in them.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Datagrams that the kernel took.</summary>
    public required long DatagramsSent { get; init; }

    /// <summary>Bytes in them.</summary>
    public required long BytesSent { get; init; }

    /// <summary>System calls that received.</summary>
    public required long ReceiveCalls { get; init; }

    /// <summary>System calls that sent.</summary>
    public required long SendCalls { get; init; }

    /// <summary>Runs of datagrams that were handed over as one message for the kernel or the card to cut (GSO).</summary>
    public required long SegmentedRuns { get; init; }

    /// <summary>Such runs that the kernel refused; they were sent datagram by datagram.</summary>
    public required long SegmentationRefusals { get; init; }

    /// <summary>Errors that ICMP brought (port unreachable and its kin): ignored, since anyone on the path can forge them.</summary>
    public required long IcmpErrors { get; init; }

    /// <summary>Other failures to receive.</summary>
    public required long ReceiveErrors { get; init; }

    /// <summary>Turns of the loop.</summary>
    public required long Turns { get; init; }

    /// <summary>Times the engine's deadline lay in the past twice in a row, so that the loop backed off.</summary>
    public required long Spins { get; init; }

    /// <summary>Exceptions out of the engine: bugs.</summary>
    public required long Exceptions { get; init; }

    /// <summary>Statistics events dropped because nobody read them.</summary>
    public required long StatisticsDropped { get; init; }

    /// <summary>Commands refused because the mailbox was full or closed.</summary>
    public required long CommandsRefused { get; init; }

    /// <summary>Gaps over 20 ms in which the loop did not look at its socket.</summary>
    public required long LongGaps { get; init; }

    /// <summary>The longest gap.</summary>
    public required TimeSpan LongestGap { get; init; }

    /// <summary>Dropped datagrams by reason; only reasons that occurred.</summary>
    public required IReadOnlyDictionary<ShellDropReason, long> Drops { get; init; }
}
