using Parley.Server.Meetings;
using Parley.Server.Places;
using Parley.Server.Whip;

namespace Parley.Server.Whep;

/// <summary>WHEP (draft-ietf-wish-whep): playing a participant, or a whole meeting, without the web client.</summary>
internal static class WhepEndpoints
{
    /// <summary>Adds the calls.</summary>
    public static void MapWhep(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/whep").WithTags("WHEP").WithMetadata(SessionEndpoints.Body);
        Describe(group.MapPost("{meeting}/{participant}", PlayOneAsync), "Play one participant");
        Describe(group.MapPost("{meeting}", PlayAllAsync), "Play a meeting: the loudest, and as many pictures as the offer has video m-lines");
        group.MapMethods("{meeting}", [HttpMethods.Options], SessionEndpoints.Options).ExcludeFromDescription();
        group.MapMethods("{meeting}/{participant}", [HttpMethods.Options], SessionEndpoints.Options).ExcludeFromDescription();
        group.MapDelete("{meeting}/{secret}/{player}", EndAsync)
            .WithSummary("End a WHEP session")
            .Produces(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("{meeting}/{secret}/{player}", SessionEndpoints.Patch).WithSummary("Not supported: answers 405").ProducesProblem(StatusCodes.Status405MethodNotAllowed);
        group.MapMethods("{meeting}/{secret}/{player}", [HttpMethods.Options], static () => Results.NoContent()).ExcludeFromDescription();
    }

    private static void Describe(RouteHandlerBuilder call, string summary) => call
        .WithSummary(summary)
        .WithDescription("An SDP offer comes in, 201 with the answer and the session's Location goes out.")
        .AddOpenApiOperationTransformer(SessionEndpoints.DescribeOffer)
        .Produces<string>(StatusCodes.Status201Created, SessionEndpoints.Sdp)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static Task<IResult> PlayOneAsync(string meeting, string participant, HttpContext context, MeetingDoor door, PlaceFinder places, CancellationToken cancellation) =>
        PlayAsync(meeting, participant, context, door, places, cancellation);

    private static Task<IResult> PlayAllAsync(string meeting, HttpContext context, MeetingDoor door, PlaceFinder places, CancellationToken cancellation) =>
        PlayAsync(meeting, subject: null, context, door, places, cancellation);

    private static async Task<IResult> PlayAsync(string meeting, string? subject, HttpContext context, MeetingDoor door, PlaceFinder places, CancellationToken cancellation)
    {
        IMeetingGrain grain = await door.OpenAsync(meeting, Caller.Of(context), cancellation);
        string offer = await SessionEndpoints.ReadOfferAsync(context);
        SessionStarted started = await grain.StartSession(new SessionRequest { Offer = offer, Publishes = false, Subject = subject, Country = places.Find(context.Connection.RemoteIpAddress, null) });
        return SessionEndpoints.Created(context, $"/whep/{meeting}/{started.Secret}/{started.Participant}", started);
    }

    private static async Task<IResult> EndAsync(string meeting, string secret, string player, HttpContext context, MeetingDoor door, CancellationToken cancellation)
    {
        IMeetingGrain grain = await door.OpenAsync(meeting, Caller.Of(context), cancellation);
        await grain.EndSession(secret, player);
        return Results.Ok();
    }
}
