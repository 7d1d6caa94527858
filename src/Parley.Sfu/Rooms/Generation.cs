namespace Parley.Sfu.Rooms;

/// <summary>How new a publication of a source is, over all shards: what a participant publishes after moving is newer than what it left behind.</summary>
/// <param name="Since">The count of the participant's transports (<see cref="ConnectTransport.Since"/>).</param>
/// <param name="Tag">Drawn for each publication: decides between equal counts, and tells one publication that comes by two ways from two.</param>
public readonly record struct Generation(long Since, uint Tag)
{
    /// <summary>Whether this is the newer one.</summary>
    public bool IsNewerThan(in Generation other) => Since != other.Since ? Since > other.Since : Tag > other.Tag;
}
