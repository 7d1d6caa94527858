using System.Net;

namespace Parley.Server.Meetings;

/// <summary>Who asks for a meeting, and where they would ask instead if its home is elsewhere.</summary>
/// <param name="Address">The client's address.</param>
/// <param name="Path">The call's path and query; null where a call cannot be sent on to another front door (the hub).</param>
internal readonly record struct Caller(IPAddress? Address, string? Path)
{
    /// <summary>Who makes an HTTP call.</summary>
    public static Caller Of(HttpContext context) => new(context.Connection.RemoteIpAddress, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());

    /// <summary>Who calls the hub.</summary>
    public static Caller AtHub(HttpContext? context) => new(context?.Connection.RemoteIpAddress, null);
}
