using System.Text.Json;

namespace Parley.Server.Problems;

/// <summary>Writes problems as <c>application/problem+json</c>.</summary>
internal static class ProblemWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The problem as JSON text.</summary>
    public static string ToJson(Problem problem) => JsonSerializer.Serialize(problem, Json);

    /// <summary>Answers a request with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status == StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "60";
        if (problem.Location is { } location)
            context.Response.Headers.Location = location;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync(ToJson(problem), context.RequestAborted);
    }
}
