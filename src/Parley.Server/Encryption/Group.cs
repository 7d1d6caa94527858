namespace Parley.Server.Encryption;

/// <summary>The group as its committers have told it: the server cannot read it. One generation after another.</summary>
internal sealed class Group
{
    private readonly Dictionary<string, long> _leaves = [];

    /// <summary>The present or last generation; 0 before the first.</summary>
    public long Generation { get; private set; }

    /// <summary>Its epoch.</summary>
    public long Epoch { get; private set; }

    /// <summary>Who makes it, or made it; null: there is none.</summary>
    public string? Founder { get; private set; }

    /// <summary>Whether it has been made.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Its commits.</summary>
    public CommitLog Log { get; } = new();

    /// <summary>Whose leaves are in it.</summary>
    public IReadOnlyCollection<string> Leaves => _leaves.Keys;

    /// <summary>Whether somebody's present stay has a leaf.</summary>
    public bool Has(DeliveryPerson person) => _leaves.TryGetValue(person.Id, out long stay) && stay == person.Stay;

    /// <summary>Whether somebody has a leaf, of this stay or an earlier one.</summary>
    public bool HasLeaf(string participant) => _leaves.ContainsKey(participant);

    /// <summary>There is to be another group.</summary>
    /// <param name="founder">Who makes it.</param>
    /// <param name="utcSeconds">The time: generations rise over a restart of the node too, which forgets them.</param>
    public void Found(string founder, long utcSeconds)
    {
        End();
        Generation = Math.Max(Generation + 1, utcSeconds);
        Founder = founder;
    }

    /// <summary>The founder has made it.</summary>
    public void Begin(DeliveryPerson founder)
    {
        IsRunning = true;
        _leaves[founder.Id] = founder.Stay;
    }

    /// <summary>The next epoch.</summary>
    public void Advance(IEnumerable<string> removed, IEnumerable<KeyValuePair<string, long>> added)
    {
        Epoch++;
        foreach (string participant in removed)
            _leaves.Remove(participant);
        foreach ((string participant, long stay) in added)
            _leaves[participant] = stay;
    }

    /// <summary>There is none any more.</summary>
    public void End()
    {
        Founder = null;
        IsRunning = false;
        Epoch = 0;
        _leaves.Clear();
        Log.Clear();
    }
}
