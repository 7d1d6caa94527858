using Parley.Routing.Regions;

namespace Parley.Cli.Demo;

/// <summary>One region of the demo and where its node listens.</summary>
/// <param name="Region">The region.</param>
/// <param name="Http">Its front door: an origin on this machine.</param>
/// <param name="Control">Where the other nodes reach it: an IP address and port.</param>
/// <param name="Data">Its data directory.</param>
internal sealed record DemoSite(Region Region, string Http, string Control, string Data);
