using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Parley.Server.Problems;

namespace Parley.Server.Web;

/// <summary>Serves the web app that the build put beside the program, with one page for all its addresses.</summary>
internal static class WebApp
{
    private const string Index = "index.html";
    private const string Forever = "public, max-age=31536000, immutable";

    // What the bundler names after its content.
    private static readonly PathString Hashed = "/assets";
    private static readonly string[] Pages = ["/", "/m/{id}", "/verify", "/admin"];

    /// <summary>Serves the files.</summary>
    public static void UseWebApp(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        ContentTypeProvider = ContentTypes(),
        OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Path.StartsWithSegments(Hashed, StringComparison.Ordinal) ? Forever : "no-cache",
    });

    /// <summary>Serves the page at its addresses.</summary>
    public static void MapWebApp(this WebApplication app)
    {
        foreach (string page in Pages)
            app.MapGet(page, SendIndexAsync).ExcludeFromDescription();
    }

    private static Task SendIndexAsync(HttpContext context, IWebHostEnvironment environment)
    {
        IFileInfo index = environment.WebRootFileProvider.GetFileInfo(Index);
        if (!index.Exists)
            return ProblemWriter.WriteAsync(context, Problem.Of("web-app-missing", 404, "No web app", "This build holds no web app. Build web/app first, then the server."));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.SendFileAsync(index, context.RequestAborted);
    }

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        FileExtensionContentTypeProvider types = new();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return types;
    }
}
