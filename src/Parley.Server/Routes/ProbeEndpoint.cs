namespace Parley.Server.Routes;

/// <summary><c>/probe</c>: clients measure their round trip to this front door with it. It says and keeps nothing.</summary>
internal static class ProbeEndpoint
{
    /// <summary>Adds the call.</summary>
    public static void MapProbe(this IEndpointRouteBuilder routes) => routes
        .MapGet("/probe", static (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers["Timing-Allow-Origin"] = "*";
            return Results.NoContent();
        })
        .WithTags("Directory")
        .WithSummary("Measure the round trip to this front door")
        .Produces(StatusCodes.Status204NoContent);
}
