using System.Text;
using Parley.Server.Problems;

namespace Parley.Server.Whip;

/// <summary>What WHIP and WHEP share over HTTP.</summary>
internal static class SessionEndpoints
{
    /// <summary>The content type of offers and answers.</summary>
    public const string Sdp = "application/sdp";

    /// <summary>The largest offer, bytes.</summary>
    public const int MaximumOffer = 64 * 1024;

    /// <summary>Reads an offer.</summary>
    /// <exception cref="ProblemException">It is no SDP, too large, or empty.</exception>
    public static async Task<string> ReadOfferAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string type = (request.ContentType ?? "").Split(';')[0].Trim();
        if (!type.Equals(Sdp, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers["Accept-Post"] = Sdp;
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
        return Results.Text(answer, Sdp, Encoding.UTF8, StatusCodes.Status201Created);
    }

    /// <summary>Answers OPTIONS where an offer can be posted.</summary>
    public static IResult Options(HttpContext context)
    {
        context.Response.Headers.Allow = "POST, OPTIONS";
        return Results.NoContent();
    }

    /// <summary>Answers PATCH: the answer holds all candidates, so there is neither trickle ICE nor ICE restart here (RFC 9725 section 4.3.1).</summary>
    public static IResult Patch(HttpContext context)
    {
        context.Response.Headers.Allow = "DELETE";
        throw new ProblemException(
            "trickle-unsupported", StatusCodes.Status405MethodNotAllowed, "No trickle ICE", "The answer held all candidates: this session takes neither trickle ICE nor ICE restarts.");
    }
}
