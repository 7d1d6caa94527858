using Orleans.Statistics;

namespace Parley.Server.Hosting;

/// <summary>No figures about the machine: only a choice between several silos asks for them, and measuring them takes an event listener that works each second.</summary>
internal sealed class NoSiloStatistics : IEnvironmentStatisticsProvider
{
    /// <inheritdoc />
    public EnvironmentStatistics GetEnvironmentStatistics() => default;
}
