using Microsoft.Net.Http.Headers;
using Parley.Server.Configuration;
using Parley.Server.Limits;
using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary><c>/api/v1/meetings</c>.</summary>
internal static class MeetingEndpoints
{
    private const string Bearer = "Bearer ";
    private const int LongestHostKey = 200;

    /// <summary>Adds the calls.</summary>
    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/v1/meetings").WithTags("Meetings");
        group.MapPost("", CreateAsync)
            .WithSummary("Create a meeting")
            .WithDescription("Answers with the meeting's id, the page to join it, and the host key, which is shown this once.")
            .Produces<CreatedMeeting>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("{id}", GetAsync)
            .WithSummary("Read a meeting's public facts")
            .Produces<MeetingView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapPatch("{id}", ChangeAsync)
            .WithSummary("Change a meeting as its host")
            .WithDescription("Needs the host key: Authorization: Bearer HOSTKEY. What is missing from the body stays as it is.")
            .Produces<MeetingView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> CreateAsync(
        NewMeeting request, HttpContext context, NodeOptions options, AddressLimiter limiter, IMeetingRepository meetings, TimeProvider time, CancellationToken cancellation)
    {
        string title = TextRules.Title(request.Title);
        RequirePossible(request.E2ee, request.Geofence, request.Lobby);
        if (request.HomeRegion is { } region && region != options.Region)
            throw Refusals.RegionUnknown(region.Length <= 64 ? region : region[..64]);
        limiter.CountCreation(context.Connection.RemoteIpAddress);

        string hostKey = HostKeys.Make();
        MeetingRecord record = new()
        {
            Id = MeetingIds.Make(options.Region),
            Title = title,
            HostKeyHash = HostKeys.Hash(hostKey),
            HomeRegion = options.Region,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await meetings.AddAsync(record, cancellation);
        context.Response.Headers.CacheControl = "no-store";
        string url = $"{context.Request.Scheme}://{context.Request.Host}/m/{record.Id}";
        return Results.Created($"/api/v1/meetings/{record.Id}", new CreatedMeeting(record.Id, url, hostKey));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, MeetingDoor door, CancellationToken cancellation)
    {
        MeetingRecord record = await door.FindAsync(id, context.Connection.RemoteIpAddress, cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new MeetingView(
            record.Id, record.Title, MeetingFacts.EncryptionOff, record.Locked, record.EndedAt is not null, record.HomeRegion, GeofenceView.Open(record.HomeRegion)));
    }

    private static async Task<IResult> ChangeAsync(string id, MeetingPatch patch, HttpContext context, MeetingDoor door, CancellationToken cancellation)
    {
        string? authorization = context.Request.Headers[HeaderNames.Authorization];
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || authorization.Length > LongestHostKey)
            throw Refusals.HostKeyMissing();
        IMeetingGrain meeting = await door.OpenAsync(id, context.Connection.RemoteIpAddress, cancellation);
        RequirePossible(e2ee: null, patch.Geofence, patch.Lobby);
        await meeting.Change(authorization[Bearer.Length..].Trim(), new MeetingChange(patch.Title, patch.Locked, patch.Ended));
        return await GetAsync(id, context, door, cancellation);
    }

    // What cannot be kept is refused, never taken and forgotten.
    private static void RequirePossible(string? e2ee, GeofenceRequest? geofence, bool? lobby)
    {
        if (e2ee is "required")
            throw Refusals.EncryptionUnavailable();
        if (e2ee is not (null or MeetingFacts.EncryptionOff))
            throw Refusals.BadField("e2ee", "must be \"required\" or \"off\".");
        if (geofence is { IsEmpty: false })
            throw Refusals.FenceUnavailable(geofence.ToString());
        if (lobby == true)
            throw Refusals.LobbyUnavailable();
    }
}
