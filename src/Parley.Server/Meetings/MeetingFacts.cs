using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>A meeting's stored facts and what they become.</summary>
internal static class MeetingFacts
{
    /// <summary>The only value of e2ee that this build can keep its word about.</summary>
    public const string EncryptionOff = "off";

    /// <summary>As those in the meeting see it.</summary>
    public static MeetingInfo ToInfo(MeetingRecord record) => new(record.Id, record.Title, EncryptionOff, record.Locked);

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
            EndedAt = change.Ended == true ? now.ToUnixTimeMilliseconds() : record.EndedAt,
        };
    }
}
