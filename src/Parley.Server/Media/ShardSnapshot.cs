using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>One shard's counters at one moment.</summary>
/// <param name="Shard">The shard's number.</param>
/// <param name="Port">Its UDP port.</param>
/// <param name="Statistics">What its core counts; null before the first report.</param>
/// <param name="Loop">What its loop counts, by metric name; sums since the start unless the name says otherwise.</param>
internal sealed record ShardSnapshot(int Shard, int Port, ShardStatistics? Statistics, IReadOnlyDictionary<string, double> Loop);
