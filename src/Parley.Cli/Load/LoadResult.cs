using System.Text.Json.Serialization;

namespace Parley.Cli.Load;

/// <summary>What a load run measured; written as JSON with these names in camelCase.</summary>
public sealed record LoadResult
{
    /// <summary>People who sent.</summary>
    public required int Publishers { get; init; }

    /// <summary>People who watched.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Streams that were to be received: subscribers times publishers watched.</summary>
    public required int Streams { get; init; }

    /// <summary>Peers that connected.</summary>
    public required int Joined { get; init; }

    /// <summary>Time from the offer to keys, ms: median.</summary>
    public required double JoinMedianMs { get; init; }

    /// <summary>Time from the offer to keys, ms: the slowest.</summary>
    public required double JoinMaximumMs { get; init; }

    /// <summary>The measured time, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Packets that publishers sent.</summary>
    public required long Sent { get; init; }

    /// <summary>Different packets that subscribers received.</summary>
    public required long Delivered { get; init; }

    /// <summary>Packets delivered a second.</summary>
    public required double DeliveredPerSecond { get; init; }

    /// <summary>Share of packets that did not come, 0 to 1.</summary>
    public required double Loss { get; init; }

    /// <summary>Streams of which nothing came.</summary>
    public required int SilentStreams { get; init; }

    /// <summary>Delay from a publisher's send call to the subscriber's receive call, ms, half of the packets.</summary>
    public required double LatencyP50Ms { get; init; }

    /// <summary>The same, 99 % of the packets.</summary>
    public required double LatencyP99Ms { get; init; }

    /// <summary>The same, 99.9 % of the packets.</summary>
    public required double LatencyP999Ms { get; init; }

    /// <summary>The longest delay, ms.</summary>
    public required double LatencyMaximumMs { get; init; }

    /// <summary>Processor time of the server's process in the measured time, s; null when it was not measured.</summary>
    public double? ServerProcessorSeconds { get; init; }

    /// <summary>Processor time of the server for each delivered packet, us.</summary>
    public double? ServerMicrosecondsPerPacket { get; init; }

    /// <summary>Resident memory of the server at the end, bytes.</summary>
    public long? ServerResidentBytes { get; init; }

    /// <summary>Resident memory gained since before the first join, for each peer, bytes.</summary>
    public long? ServerBytesPerPeer { get; init; }

    /// <summary>Processor time of this load process in the measured time, s: near the measured time means that the load itself was the limit.</summary>
    public required double LoadProcessorSeconds { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadResultJson : JsonSerializerContext;
