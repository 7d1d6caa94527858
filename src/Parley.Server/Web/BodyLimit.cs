using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Problems;

namespace Parley.Server.Web;

/// <summary>Bounds request bodies before anything reads them.</summary>
internal static class BodyLimit
{
    /// <summary>The largest body that any call reads, bytes.</summary>
    public const int Largest = 128 * 1024;

    /// <summary>
    /// The largest body that is read and thrown away, bytes: a sender that is cut off while it still sends may never see the answer, so bodies that are merely too large are let in for the problem to
    /// get out.
    /// </summary>
    public const int LargestIgnored = 4 * 1024 * 1024;

    /// <summary>Adds the bound.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.ContentLength > Largest)
            return ProblemWriter.WriteAsync(context, ProblemHandling.BodyTooLarge);
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;
        return next(context);
    });
}
