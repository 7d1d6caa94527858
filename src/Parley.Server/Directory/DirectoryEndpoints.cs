namespace Parley.Server.Directory;

/// <summary><c>/api/v1/directory</c>.</summary>
internal static class DirectoryEndpoints
{
    /// <summary>Adds the call.</summary>
    public static void MapDirectory(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/directory", static (NodeDirectory directory) => Results.Ok(directory.View))
        .WithTags("Directory")
        .WithSummary("Read the signed directory of regions and nodes")
        .Produces<DirectoryView>();
}
