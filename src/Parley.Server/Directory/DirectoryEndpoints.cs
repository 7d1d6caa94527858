using Parley.Routing.Planning;
using Parley.Server.Configuration;

namespace Parley.Server.Directory;

/// <summary><c>/api/v1/directory</c>.</summary>
internal static class DirectoryEndpoints
{
    /// <summary>Adds the call.</summary>
    public static void MapDirectory(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/directory", static (NodeDirectory directory, NodeOptions options) =>
            Results.Ok(options.PretendedPlaces ? directory.View with { Demo = new DemoView(CapitalPoints.Countries) } : directory.View))
        .WithTags("Directory")
        .WithSummary("Read the signed directory of regions and nodes")
        .Produces<DirectoryView>();
}
