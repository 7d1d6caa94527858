using System.Net;

namespace Parley.Server.Limits;

/// <summary>Stands before the hub: a request there lasts as long as its connection.</summary>
internal static class ConnectionGateMiddleware
{
    /// <summary>Adds the gate for the requests at <paramref name="path"/>.</summary>
    public static void UseConnectionGate(this WebApplication app, PathString path)
    {
        ConnectionGate gate = app.Services.GetRequiredService<ConnectionGate>();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase), branch => branch.Use(PassAsync));

        async Task PassAsync(HttpContext context, RequestDelegate next)
        {
            IPAddress? from = context.Connection.RemoteIpAddress;
            gate.Enter(from);
            try
            {
                await next(context);
            }
            finally
            {
                gate.Leave(from);
            }
        }
    }
}
