namespace Parley.NetLab.People;

/// <summary>A change of a member's node.</summary>
/// <param name="Time">When it was asked for, us.</param>
/// <param name="Reason">The protocol's word.</param>
/// <param name="Node">The node that answered; null: none did yet.</param>
internal sealed record Move(long Time, string Reason, string? Node);
