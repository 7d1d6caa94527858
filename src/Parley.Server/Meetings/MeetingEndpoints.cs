using Microsoft.Net.Http.Headers;
using Parley.Server.Limits;
using Parley.Server.Places;
using Parley.Server.Problems;
using Parley.Server.Routes;
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
            .WithDescription("Answers with the meeting's id, the page to join it, and the host key, which is shown this once. 307 when the meeting's home is another region: nothing was stored, call Location.")
            .Produces<CreatedMeeting>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status307TemporaryRedirect)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        Describe(group.MapGet("{id}", GetAsync), "Read a meeting's public facts").Produces<MeetingView>();
        Describe(group.MapPatch("{id}", ChangeAsync), "Change a meeting as its host")
            .WithDescription("Needs the host key: Authorization: Bearer HOSTKEY. What is missing from the body stays as it is.")
            .Produces<MeetingView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Describe(group.MapGet("{id}/route", RouteAsync), "Read a meeting's live route").Produces<RouteInfo>();
        Describe(group.MapPost("{id}/route/preview", PreviewAsync), "See what joining, or another geofence, would do")
            .WithDescription("Changes nothing. With the host key as bearer the consequences name people.")
            .Produces<PreviewInfo>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder call, string summary) => call
        .WithSummary(summary)
        .ProducesProblem(StatusCodes.Status307TemporaryRedirect)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> CreateAsync(NewMeeting request, HttpContext context, MeetingCreation creation, AddressLimiter limiter, CancellationToken cancellation)
    {
        TextRules.Title(request.Title);
        MeetingFacts.TightenLimit(request.TightenLimit);
        MeetingFacts.IsEncrypted(request.E2ee);
        RequirePossible(request.Lobby);
        creation.Check(request, Caller.Of(context).Path!);
        limiter.CountCreation(context.Connection.RemoteIpAddress);
        CreatedMeeting created = await creation.MakeAsync(request, $"{context.Request.Scheme}://{context.Request.Host}", cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/v1/meetings/{created.Id}", created);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, MeetingDoor door, IGrainFactory grains, CancellationToken cancellation)
    {
        MeetingRecord record = await door.FindAsync(id, Caller.Of(context), cancellation);
        RouteInfo route = await grains.GetGrain<IMeetingGrain>(id).Route();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new MeetingView(
            record.Id, record.Title, MeetingFacts.Encryption(record.IsEncrypted), record.Locked, record.EndedAt is not null, record.HomeRegion, record.TightenLimit, route.Fence));
    }

    private static async Task<IResult> ChangeAsync(string id, MeetingPatch patch, HttpContext context, MeetingDoor door, IGrainFactory grains, CancellationToken cancellation)
    {
        string hostKey = HostKey(context) ?? throw Refusals.HostKeyMissing();
        IMeetingGrain meeting = await door.OpenAsync(id, Caller.Of(context), cancellation);
        RequirePossible(patch.Lobby);
        await meeting.Change(hostKey, new MeetingChange(patch.Title, patch.Locked, patch.Ended, patch.Geofence, patch.TightenLimit, patch.E2ee));
        return await GetAsync(id, context, door, grains, cancellation);
    }

    private static async Task<IResult> RouteAsync(string id, HttpContext context, MeetingDoor door, CancellationToken cancellation)
    {
        IMeetingGrain meeting = await door.OpenAsync(id, Caller.Of(context), cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await meeting.Route());
    }

    private static async Task<IResult> PreviewAsync(
        string id, PreviewRequest request, HttpContext context, MeetingDoor door, PlaceFinder places, AddressLimiter limiter, CancellationToken cancellation)
    {
        IMeetingGrain meeting = await door.OpenAsync(id, Caller.Of(context), cancellation);
        limiter.CountPreview(context.Connection.RemoteIpAddress);
        RouteQuestion question = new()
        {
            Fence = request.Fence,
            RoundTrips = request.Place is null ? RoundTrips.Check(request.RoundTrips) : [],
            Country = places.Find(context.Connection.RemoteIpAddress, request.Place),
            Edits = request.Edits == true,
            HostKey = HostKey(context),
        };
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await meeting.Preview(question));
    }

    private static string? HostKey(HttpContext context)
    {
        string? authorization = context.Request.Headers[HeaderNames.Authorization];
        return authorization is not null && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && authorization.Length <= LongestHostKey
            ? authorization[Bearer.Length..].Trim()
            : null;
    }

    // What cannot be kept is refused, never taken and forgotten.
    private static void RequirePossible(bool? lobby)
    {
        if (lobby == true)
            throw Refusals.LobbyUnavailable();
    }
}
