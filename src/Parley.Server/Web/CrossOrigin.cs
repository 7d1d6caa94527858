using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Parley.Server.Web;

/// <summary>Lets pages of other origins use the API, WHIP and WHEP: nothing there rests on cookies, so an origin proves nothing.</summary>
internal static class CrossOrigin
{
    private static readonly PathString[] Open = ["/api", "/whip", "/whep"];

    /// <summary>Adds the headers, and answers preflights.</summary>
    public static void UseCrossOrigin(this WebApplication app)
    {
        app.UseWhen(
            static context => Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)),
            static branch =>
            {
                branch.Use(AnnounceOffers);
                branch.UseCors(Allow);
            });
    }

    private static void Allow(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Delete)
        .WithExposedHeaders("Location", "Accept-Post", "Retry-After", "Parley-Node-Statement")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));

    // RFC 9725 section 4.2: the answer to OPTIONS says what can be posted, to a preflight as well.
    private static Task AnnounceOffers(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsOptions(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            context.Response.Headers["Accept-Post"] = "application/sdp";
        return next(context);
    }
}
