using System.Text;

namespace Parley.Server.Whip;

/// <summary>An SDP answer with status 201 and exactly <c>application/sdp</c>: some clients compare the content type whole, so no charset is added.</summary>
/// <param name="answer">The answer.</param>
internal sealed class AnswerResult(string answer) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        byte[] body = Encoding.UTF8.GetBytes(answer);
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.ContentType = SessionEndpoints.Sdp;
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
