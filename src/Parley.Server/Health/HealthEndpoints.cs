using Parley.Server.Directory;
using Parley.Server.Media;
using Parley.Server.Meetings;
using Parley.Server.Storage;

namespace Parley.Server.Health;

/// <summary><c>/healthz</c> and <c>/readyz</c>.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the calls.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", static () => Results.Ok(new HealthView("ok", [])))
            .WithTags("Operations")
            .WithSummary("Whether the process answers")
            .Produces<HealthView>();
        routes.MapGet("/readyz", ReadyAsync)
            .WithTags("Operations")
            .WithSummary("Whether the node can take meetings")
            .Produces<HealthView>()
            .Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(IMediaNode media, NodeDirectory directory, NodeActivity activity, IMeetingRepository meetings, ILogger<HealthView> log, CancellationToken cancellation)
    {
        List<string> faults = [];
        if (activity.Stopping)
            faults.Add("stopping");
        if (!media.IsHealthy)
            faults.Add("media");
        if (directory.Fault is { } fault)
            faults.Add(fault.Rule);
        try
        {
            await meetings.CheckAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The database does not answer");
            faults.Add("storage");
        }

        return faults.Count == 0
            ? Results.Ok(new HealthView("ready", []))
            : Results.Json(new HealthView("unready", [.. faults]), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
