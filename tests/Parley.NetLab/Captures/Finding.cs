namespace Parley.NetLab.Captures;

/// <summary>Something of a meeting on an interface where nothing of it may be.</summary>
/// <param name="Interface">Whose interface.</param>
/// <param name="Time">When it passed, us.</param>
/// <param name="What">What it was.</param>
internal sealed record Finding(string Interface, long Time, string What)
{
    public override string ToString() => $"{Time / 1e6:0.000} s at {Interface}: {What}";
}
