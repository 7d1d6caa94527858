using Parley.Sfu.Rooms;

namespace Parley.Server.Meetings;

/// <summary>
/// Turns each second's figures of transports into levels: 1 poor, 2 fair, 3 good. A level falls at once and rises after <see cref="CalmReports"/> better reports in a row,
/// so that it does not flicker.
/// </summary>
internal sealed class QualityMeter
{
    /// <summary>Better reports in a row before a level rises.</summary>
    public const int CalmReports = 5;

    private const double FairLoss = 0.03;
    private const double PoorLoss = 0.10;
    private const double FairRoundTrip = 250;
    private const double PoorRoundTrip = 600;
    private const int Good = 3;

    private readonly Dictionary<string, (int Level, int Calm)> _levels = [];

    /// <summary>The levels by participant.</summary>
    public Dictionary<string, int> Levels => _levels.ToDictionary(entry => entry.Key, entry => entry.Value.Level);

    /// <summary>Takes one second's figures; true when a level changed.</summary>
    public bool Update(IReadOnlyList<TransportStatistics> transports)
    {
        bool changed = false;
        foreach (TransportStatistics transport in transports)
        {
            if (transport.Connected)
                changed |= Update(transport.Participant, Measure(transport));
        }

        return changed;
    }

    /// <summary>Forgets a participant.</summary>
    public void Remove(string participant) => _levels.Remove(participant);

    private static int Measure(TransportStatistics transport)
    {
        double loss = Math.Max(transport.UplinkLoss, transport.DownlinkLoss);
        double roundTrip = transport.RoundTrip ?? 0;
        if (loss > PoorLoss || roundTrip > PoorRoundTrip)
            return 1;
        return loss > FairLoss || roundTrip > FairRoundTrip ? 2 : Good;
    }

    private bool Update(string participant, int measured)
    {
        if (!_levels.TryGetValue(participant, out (int Level, int Calm) known))
        {
            _levels[participant] = (measured, 0);
            return true;
        }

        if (measured <= known.Level)
        {
            _levels[participant] = (measured, 0);
            return measured != known.Level;
        }

        bool rises = known.Calm + 1 >= CalmReports;
        _levels[participant] = rises ? (measured, 0) : (known.Level, known.Calm + 1);
        return rises;
    }
}
