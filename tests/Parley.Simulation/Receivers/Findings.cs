namespace Parley.Simulation.Receivers;

/// <summary>What a receiver saw that no sender may do, each said once in full.</summary>
public sealed class Findings
{
    private const int Capacity = 20;

    private readonly List<string> _texts = [];

    /// <summary>The first findings.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(string text)
    {
        Count++;
        if (_texts.Count < Capacity)
            _texts.Add(text);
    }
}
