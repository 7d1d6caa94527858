using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>A meeting's stored facts and what they become.</summary>
internal static class MeetingFacts
{
    /// <summary>The only value of e2ee that this build can keep its word about.</summary>
    public const string EncryptionOff = "off";

    private const int LargestTightenLimit = 10_000;

    /// <summary>As those in the meeting see it.</summary>
    public static MeetingInfo ToInfo(MeetingRecord record) => new(record.Id, record.Title, EncryptionOff, record.Locked);

    /// <summary>A tighten limit from outside.</summary>
    public static int? TightenLimit(int? limit) =>
        limit is null or (>= 0 and <= LargestTightenLimit) ? limit : throw Refusals.BadField("tightenLimit", $"must be 0 to {LargestTightenLimit} milliseconds.");

    /// <summary>A changed copy.</summary>
    public static MeetingRecord Apply(MeetingRecord record, MeetingChange change, DateTimeOffset now)
    {
        if (change.Ended == false)
            throw Refusals.BadField("ended", "can only be set to true: a meeting that is over stays so.");
        return new MeetingRecord
        {
            Id = record.Id,
            Title = change.Title is null ? record.Title : TextRules.Title(change.Title),
            Locked = change.Locked ?? record.Locked,
            HostKeyHash = record.HostKeyHash,
            HomeRegion = record.HomeRegion,
            CreatedAt = record.CreatedAt,
            Geofence = change.Geofence?.ToGeofence() ?? record.Geofence,
            TightenLimit = TightenLimit(change.TightenLimit) ?? record.TightenLimit,
            EndedAt = change.Ended == true ? now.ToUnixTimeMilliseconds() : record.EndedAt,
        };
    }
}
