using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>A meeting's stored facts and what they become.</summary>
internal static class MeetingFacts
{
    private const string EncryptionOff = "off";
    private const string EncryptionRequired = "required";

    private const int LargestTightenLimit = 10_000;

    /// <summary>As those in the meeting see it.</summary>
    public static MeetingInfo ToInfo(MeetingRecord record) => new(record.Id, record.Title, Encryption(record.IsEncrypted), record.Locked);

    /// <summary>The word for whether a meeting is encrypted end to end.</summary>
    public static string Encryption(bool isEncrypted) => isEncrypted ? EncryptionRequired : EncryptionOff;

    /// <summary>Whether a word from outside asks for encryption; null: it says nothing.</summary>
    /// <exception cref="ProblemException">It is none of the words.</exception>
    public static bool? IsEncrypted(string? word) => word switch
    {
        null => null,
        EncryptionOff => false,
        EncryptionRequired => true,
        _ => throw Refusals.BadField("e2ee", "must be \"required\" or \"off\"."),
    };

    /// <summary>A tighten limit from outside.</summary>
    public static int? TightenLimit(int? limit) =>
        limit is null or (>= 0 and <= LargestTightenLimit) ? limit : throw Refusals.BadField("tightenLimit", $"must be 0 to {LargestTightenLimit} milliseconds.");

    /// <summary>A changed copy.</summary>
    public static MeetingRecord Apply(MeetingRecord record, MeetingChange change, DateTimeOffset now)
    {
        if (change.Ended == false)
            throw Refusals.BadField("ended", "can only be set to true: a meeting that is over stays so.");
        bool isEncrypted = IsEncrypted(change.E2ee) ?? record.IsEncrypted;
        if (isEncrypted != record.IsEncrypted && record.FirstJoinedAt is not null)
            throw GroupProblems.EncryptionFixed();
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
            IsEncrypted = isEncrypted,
            FirstJoinedAt = record.FirstJoinedAt,
        };
    }

    /// <summary>A copy that somebody has joined.</summary>
    public static MeetingRecord Joined(MeetingRecord record, DateTimeOffset now)
    {
        MeetingRecord joined = Apply(record, new MeetingChange(null, null, null, null, null, null), now);
        joined.FirstJoinedAt = now.ToUnixTimeMilliseconds();
        return joined;
    }
}
