namespace Parley.Server.Encryption;

/// <summary>What a member was asked to commit.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Additions">The newcomers, and which stay of each: a newcomer that came again meanwhile is somebody else.</param>
/// <param name="Removals">Whose leaves are to go.</param>
/// <param name="Deadline">When another member is asked too, milliseconds.</param>
internal sealed record WorkOrder(long Id, Dictionary<string, long> Additions, HashSet<string> Removals, long Deadline)
{
    /// <summary>Whether nothing is left of it.</summary>
    public bool IsEmpty => Additions.Count == 0 && Removals.Count == 0;
}
