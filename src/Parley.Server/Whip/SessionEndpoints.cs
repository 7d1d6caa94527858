using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parley.Rtc.Sdp;
using Parley.Server.Meetings;
using Parley.Server.Problems;
using Parley.Server.Web;

namespace Parley.Server.Whip;

/// <summary>What WHIP and WHEP share over HTTP.</summary>
internal static class SessionEndpoints
{
    /// <summary>Carries the node statement of the node that answered.</summary>
    public const string StatementHeader = "Parley-Node-Statement";

    /// <summary>The content type of offers and answers.</summary>
    public const string Sdp = "application/sdp";

    /// <summary>The largest offer, bytes: Chromium writes 5.5 kB for each receiving video m-line, so that 25 of them take 140 kB.</summary>
    public const int MaximumOffer = SdpLimits.MaximumLength;

    /// <summary>What is let in, so that an offer a little too large is told so; far larger bodies are refused unread.</summary>
    public static readonly LargestBody Body = new(MaximumOffer + (64 * 1024));

    /// <summary>Describes the offer for OpenAPI. It is no matching rule: the call itself answers for a wrong type, with Accept-Post.</summary>
    public static Task DescribeOffer(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The SDP offer, at most 512 kB.",
            Content = new Dictionary<string, OpenApiMediaType> { [Sdp] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
        };
        return Task.CompletedTask;
    }

    /// <summary>Reads an offer.</summary>
    /// <exception cref="ProblemException">It is no SDP, too large, or empty.</exception>
    public static async Task<string> ReadOfferAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string type = (request.ContentType ?? "").Split(';')[0].Trim();
        if (!type.Equals(Sdp, StringComparison.OrdinalIgnoreCase))
        {
            // The answer to an exception is begun anew: this header must come after that.
            context.Response.OnStarting(static response =>
            {
                ((HttpResponse)response).Headers["Accept-Post"] = Sdp;
                return Task.CompletedTask;
            }, context.Response);
            throw Refusals.WrongContentType(Sdp);
        }

        if (request.ContentLength > MaximumOffer)
            throw Refusals.OfferTooLarge(MaximumOffer);
        return await ReadAsync(request.BodyReader, context.RequestAborted) is { Length: > 0 } offer ? offer : throw Refusals.OfferRefused("The body is empty: send an SDP offer.");
    }

    /// <summary>Answers with 201 (RFC 9725 section 4.2).</summary>
    public static IResult Created(HttpContext context, string location, SessionStarted started)
    {
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
        if (started.Statement is { } statement)
            context.Response.Headers[StatementHeader] = statement;
        return new AnswerResult(started.Answer);
    }

    /// <summary>Answers OPTIONS where an offer can be posted.</summary>
    public static IResult Options(HttpContext context)
    {
        context.Response.Headers.Allow = "POST, OPTIONS";
        return Results.NoContent();
    }

    /// <summary>Answers PATCH: the answer holds all candidates, so there is neither trickle ICE nor ICE restart here (RFC 9725 section 4.3.1).</summary>
    public static Task Patch(HttpContext context)
    {
        context.Response.Headers.Allow = "DELETE";
        return ProblemWriter.WriteAsync(context, Problem.Of(
            "trickle-unsupported", StatusCodes.Status405MethodNotAllowed, "No trickle ICE", "The answer held all candidates: this session takes neither trickle ICE nor ICE restarts."));
    }

    // Holds only what has come: a length that was announced reserves nothing.
    private static async Task<string> ReadAsync(PipeReader body, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await body.ReadAsync(cancellation);
            bool isTooLarge = read.Buffer.Length > MaximumOffer;
            string? offer = read.IsCompleted && !isTooLarge ? Encoding.UTF8.GetString(read.Buffer) : null;

            // Kestrel's reader wants every read to be given back, refused ones too.
            body.AdvanceTo(isTooLarge || read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isTooLarge)
                throw Refusals.OfferTooLarge(MaximumOffer);
            if (offer is not null)
                return offer;
        }
    }
}
