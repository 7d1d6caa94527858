using Parley.Server.Configuration;
using Parley.Server.Directory;

namespace Parley.Server.Web;

/// <summary>The headers that bound what a page of ours may do, on every answer.</summary>
internal static class SecurityHeaders
{
    private const string Permissions =
        "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), fullscreen=(self), autoplay=(self), screen-wake-lock=(self), " +
        "geolocation=(), usb=(), serial=(), hid=(), payment=(), midi=()";

    /// <summary>Adds the headers.</summary>
    public static void UseSecurityHeaders(this WebApplication app, NodeOptions options)
    {
        ContentPolicy policy = new(app.Services.GetRequiredService<NodeDirectory>(), options.FrameAncestors);
        app.Use((context, next) =>
        {
            // At the last moment: the answer to an exception is begun anew, without the headers set before.
            context.Response.OnStarting(Set, context.Response.Headers);
            return next(context);
        });

        Task Set(object state)
        {
            IHeaderDictionary headers = (IHeaderDictionary)state;
            headers.ContentSecurityPolicy = policy.Text;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        }
    }
}
