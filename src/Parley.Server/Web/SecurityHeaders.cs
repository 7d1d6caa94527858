using Parley.Server.Configuration;

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
        string policy = ContentPolicy(options.FrameAncestors);
        app.Use((context, next) =>
        {
            // At the last moment: the answer to an exception is begun anew, without the headers set before.
            context.Response.OnStarting(Set, context.Response.Headers);
            return next(context);
        });

        Task Set(object state)
        {
            IHeaderDictionary headers = (IHeaderDictionary)state;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        }
    }

    // Scripts only from files of ours. Style attributes (not style elements) are allowed: components set sizes with them, and they run nothing.
    private static string ContentPolicy(string frameAncestors) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        $"frame-ancestors {frameAncestors}");
}
