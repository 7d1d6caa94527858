using Parley.Routing.Regions;
using Parley.Server.Limits;
using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>
/// The way to a meeting from outside. It looks the meeting up before anything is activated for it, answers alike for unknown and malformed ids, and counts those against the address.
/// Whose home is another region is sent there, and nothing of the call is kept here.
/// </summary>
internal sealed class MeetingDoor(IMeetingRepository meetings, Homes homes, AddressLimiter limiter, IGrainFactory grains)
{
    /// <summary>A meeting's stored facts.</summary>
    /// <exception cref="ProblemException">There is no such meeting here, or the address has tried too often.</exception>
    public async Task<MeetingRecord> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        limiter.CheckLookup(caller.Address);
        bool isValid = MeetingIds.IsValid(id);
        if (isValid && homes.Misdirected(MeetingHome.Of(id)!, caller.Path) is { } misdirected)
            throw misdirected;
        MeetingRecord? record = isValid ? await meetings.FindAsync(id, cancellation) : null;
        if (record is not null)
            return record;
        limiter.CountUnknown(caller.Address);
        throw Refusals.MeetingUnknown();
    }

    /// <summary>The meeting itself.</summary>
    /// <exception cref="ProblemException">There is no such meeting here, or the address has tried too often.</exception>
    public async Task<IMeetingGrain> OpenAsync(string id, Caller caller, CancellationToken cancellation)
    {
        await FindAsync(id, caller, cancellation);
        return grains.GetGrain<IMeetingGrain>(id);
    }
}
