using System.Net;
using Parley.Server.Limits;
using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>
/// The way to a meeting from outside. It looks the meeting up before anything is activated for it, answers alike for unknown and malformed ids, and counts those against the address.
/// </summary>
internal sealed class MeetingDoor(IMeetingRepository meetings, AddressLimiter limiter, IGrainFactory grains)
{
    /// <summary>A meeting's stored facts.</summary>
    /// <exception cref="ProblemException">There is no such meeting, or the address has tried too often.</exception>
    public async Task<MeetingRecord> FindAsync(string id, IPAddress? from, CancellationToken cancellation)
    {
        limiter.CheckLookup(from);
        MeetingRecord? record = MeetingIds.IsValid(id) ? await meetings.FindAsync(id, cancellation) : null;
        if (record is not null)
            return record;
        limiter.CountUnknown(from);
        throw Refusals.MeetingUnknown();
    }

    /// <summary>The meeting itself.</summary>
    /// <exception cref="ProblemException">There is no such meeting, or the address has tried too often.</exception>
    public async Task<IMeetingGrain> OpenAsync(string id, IPAddress? from, CancellationToken cancellation)
    {
        await FindAsync(id, from, cancellation);
        return grains.GetGrain<IMeetingGrain>(id);
    }
}
