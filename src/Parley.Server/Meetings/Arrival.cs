using Parley.Server.Media;
using Parley.Server.Nodes;

namespace Parley.Server.Meetings;

/// <summary>A transport that somebody just got.</summary>
/// <param name="Answer">What the node answered.</param>
/// <param name="Transport">The transport.</param>
internal sealed record Arrival(MediaAnswer Answer, MediaTransport Transport);
