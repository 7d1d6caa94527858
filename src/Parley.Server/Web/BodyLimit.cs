using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Problems;

namespace Parley.Server.Web;

/// <summary>Bounds request bodies before anything reads them.</summary>
internal static class BodyLimit
{
    /// <summary>The largest body that a call reads unless it says otherwise with <see cref="LargestBody"/>, bytes.</summary>
    public const int Largest = 128 * 1024;

    /// <summary>
    /// The largest body that is read and thrown away, bytes: a sender that is cut off while it still sends may never see the answer, so bodies that are merely too large are let in for the problem to
    /// get out.
    /// </summary>
    public const int LargestIgnored = 4 * 1024 * 1024;

    /// <summary>Adds the bound.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(static (context, next) =>
    {
        int largest = context.GetEndpoint()?.Metadata.GetMetadata<LargestBody>()?.Bytes ?? Largest;
        if (context.Request.ContentLength > largest)
            return ProblemWriter.WriteAsync(context, ProblemHandling.BodyTooLarge);
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest;
        return next(context);
    });
}
