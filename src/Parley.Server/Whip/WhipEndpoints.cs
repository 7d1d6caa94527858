using Parley.Server.Meetings;
using Parley.Server.Places;
using Parley.Server.Problems;

namespace Parley.Server.Whip;

/// <summary>WHIP (RFC 9725): publishing into a meeting from OBS, GStreamer, FFmpeg and test tools.</summary>
internal static class WhipEndpoints
{
    /// <summary>Adds the calls.</summary>
    public static void MapWhip(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/whip").WithTags("WHIP").WithMetadata(SessionEndpoints.Body);
        group.MapPost("{meeting}", StartAsync)
            .WithSummary("Publish into a meeting (RFC 9725)")
            .WithDescription("An SDP offer comes in, 201 with the answer and the session's Location goes out. The publisher's participant id is ?participant=, or the last path segment of Location.")
            .AddOpenApiOperationTransformer(SessionEndpoints.DescribeOffer)
            .Produces<string>(StatusCodes.Status201Created, SessionEndpoints.Sdp)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        group.MapMethods("{meeting}", [HttpMethods.Options], SessionEndpoints.Options).ExcludeFromDescription();

        // The participant's id is public within the meeting, so ending needs the secret before it.
        group.MapDelete("{meeting}/{secret}/{participant}", EndAsync)
            .WithSummary("End a WHIP session")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("{meeting}/{secret}/{participant}", SessionEndpoints.Patch).WithSummary("Not supported: answers 405").ProducesProblem(StatusCodes.Status405MethodNotAllowed);
        group.MapMethods("{meeting}/{secret}/{participant}", [HttpMethods.Options], static () => Results.NoContent()).ExcludeFromDescription();
    }

    private static async Task<IResult> StartAsync(string meeting, string? participant, HttpContext context, MeetingDoor door, PlaceFinder places, CancellationToken cancellation)
    {
        IMeetingGrain grain = await door.OpenAsync(meeting, Caller.Of(context), cancellation);
        if (participant is not null && !TextRules.IsParticipantId(participant))
            throw Refusals.BadField("participant", $"must be 1 to {TextRules.MaximumId} letters, digits, '-' or '_'.");
        string offer = await SessionEndpoints.ReadOfferAsync(context);
        SessionStarted started = await grain.StartSession(new SessionRequest { Offer = offer, Publishes = true, Participant = participant, Country = places.Find(context.Connection.RemoteIpAddress, null) });
        return SessionEndpoints.Created(context, $"/whip/{meeting}/{started.Secret}/{started.Participant}", started);
    }

    private static async Task<IResult> EndAsync(string meeting, string secret, string participant, HttpContext context, MeetingDoor door, CancellationToken cancellation)
    {
        IMeetingGrain grain = await door.OpenAsync(meeting, Caller.Of(context), cancellation);
        await grain.EndSession(secret, participant);
        return Results.Ok();
    }
}
