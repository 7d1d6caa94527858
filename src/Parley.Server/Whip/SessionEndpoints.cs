using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parley.Server.Problems;

namespace Parley.Server.Whip;

/// <summary>What WHIP and WHEP share over HTTP.</summary>
internal static class SessionEndpoints
{
    /// <summary>The content type of offers and answers.</summary>
    public const string Sdp = "application/sdp";

    /// <summary>The largest offer, bytes.</summary>
    public const int MaximumOffer = 64 * 1024;

    /// <summary>Describes the offer for OpenAPI. It is no matching rule: the call itself answers for a wrong type, with Accept-Post.</summary>
    public static Task DescribeOffer(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "The SDP offer, at most 64 kB.",
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
        byte[] buffer = new byte[MaximumOffer + 1];
        int length = 0;
        while (length < buffer.Length && await request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted) is > 0 and var read)
            length += read;
        if (length > MaximumOffer)
            throw Refusals.OfferTooLarge(MaximumOffer);
        return length > 0 ? Encoding.UTF8.GetString(buffer, 0, length) : throw Refusals.OfferRefused("The body is empty: send an SDP offer.");
    }

    /// <summary>Answers with 201 (RFC 9725 section 4.2).</summary>
    public static IResult Created(HttpContext context, string location, string answer)
    {
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";

        return new AnswerResult(answer);
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
}
