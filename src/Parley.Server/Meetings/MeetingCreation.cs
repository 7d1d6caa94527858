using System.Buffers.Text;
using System.Security.Cryptography;
using Parley.Routing.Geofences;
using Parley.Server.Directory;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>Makes meetings whose home is here.</summary>
internal sealed class MeetingCreation(Homes homes, NodeDirectory directory, IMeetingRepository meetings, TimeProvider time)
{
    // What a meeting is that nobody said anything about.
    private const bool IsEncryptedByDefault = false;

    /// <summary>Refuses a meeting that cannot be made here.</summary>
    /// <exception cref="Problems.ProblemException">It cannot.</exception>
    public void Check(NewMeeting request, string path) => homes.RequireHere(FenceOf(request), request.HomeRegion, path);

    /// <summary>Makes and stores a meeting that was checked.</summary>
    public async Task<CreatedMeeting> MakeAsync(NewMeeting request, string origin, CancellationToken cancellation)
    {
        string hostKey = HostKeys.Make();
        string region = directory.Self.Region;
        MeetingRecord record = new()
        {
            Id = MeetingIds.Make(region),
            Title = TextRules.Title(request.Title),
            HostKeyHash = HostKeys.Hash(hostKey),
            HomeRegion = region,
            Geofence = FenceOf(request),
            TightenLimit = MeetingFacts.TightenLimit(request.TightenLimit) ?? MeetingRecord.DefaultTightenLimit,
            IsEncrypted = MeetingFacts.IsEncrypted(request.E2ee) ?? IsEncryptedByDefault,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await meetings.AddAsync(record, cancellation);
        return new CreatedMeeting(record.Id, $"{directory.Self.FrontDoor?.TrimEnd('/') ?? origin}/m/{record.Id}#k={OperatorKeyHash()}", hostKey);
    }

    private static Geofence FenceOf(NewMeeting request) => request.Geofence?.ToGeofence() ?? Geofence.Open;

    // Never sent to a server: whoever opens the link holds the directory's signature against it.
    private string OperatorKeyHash() => Base64Url.EncodeToString(SHA256.HashData(Base64Url.DecodeFromChars(directory.View.OperatorKey)));
}
