using Parley.Server.Nodes;

namespace Parley.Server.Meetings;

/// <summary>A WHIP or WHEP session.</summary>
/// <param name="Participant">The publisher's or player's id.</param>
/// <param name="Transport">Its transport.</param>
/// <param name="Publishes">Whether it is WHIP.</param>
/// <param name="Country">The country that its address tells.</param>
internal sealed record Session(string Participant, MediaTransport Transport, bool Publishes, string Country);
