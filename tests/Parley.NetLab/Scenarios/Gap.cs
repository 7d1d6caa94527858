using Parley.NetLab.People;

namespace Parley.NetLab.Scenarios;

/// <summary>How long somebody missed somebody's picture.</summary>
/// <param name="Viewer">Who missed it.</param>
/// <param name="Shown">Whose it was.</param>
/// <param name="Milliseconds">The longest time without a packet of it.</param>
internal sealed record Gap(Member Viewer, Member Shown, double Milliseconds)
{
    /// <summary>Whether one of the two had to move since then.</summary>
    public bool IsOfMoved(long since) => HasMoved(Viewer, since) || HasMoved(Shown, since);

    public override string ToString() => $"{Viewer.Name} < {Shown.Name} {Milliseconds:0} ms";

    private static bool HasMoved(Member member, long since) => member.Moves.Any(move => move.Time >= since);
}
