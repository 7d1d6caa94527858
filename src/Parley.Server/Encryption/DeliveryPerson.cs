namespace Parley.Server.Encryption;

/// <summary>A participant of an encrypted meeting as the delivery service knows it.</summary>
/// <param name="id">The participant's id.</param>
/// <param name="since">Its place in the order of joining.</param>
internal sealed class DeliveryPerson(string id, long since)
{
    /// <summary>The participant's id.</summary>
    public string Id => id;

    /// <summary>Its place in the order of joining.</summary>
    public long Since => since;

    /// <summary>Whether it has a connection.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Counts anew whenever it loses its state: a leaf of an earlier stay is not its own any more.</summary>
    public long Stay { get; set; }

    /// <summary>What it is to be added with; null: it has not said, or it is in.</summary>
    public string? KeyPackage { get; set; }

    /// <summary>Since when a key package is waited for, milliseconds; null: it is not.</summary>
    public long? KeyPackageAwaited { get; set; }

    /// <summary>The last epoch that it has confirmed; -1: none of this stay.</summary>
    public long Confirmed { get; set; } = -1;

    /// <summary>It was asked to commit, or to found the group, did not, and has not been heard of since.</summary>
    public bool IsSluggish { get; set; }

    /// <summary>What it was asked to commit in this epoch, the last at the end.</summary>
    public List<WorkOrder> Orders { get; } = [];

    /// <summary>Who refuses to add it.</summary>
    public HashSet<string> RefusedBy { get; } = [];

    /// <summary>How many committers fell silent when asked to add it.</summary>
    public int Strikes { get; set; }

    /// <summary>Characters of application messages.</summary>
    public TokenBudget Messages { get; } = new(256 * 1024, 32 * 1024);

    /// <summary>Key packages.</summary>
    public TokenBudget Joins { get; } = new(6, 0.5);

    /// <summary>Commits that nobody asked for.</summary>
    public TokenBudget Updates { get; } = new(3, 1);

    /// <summary>It has no state of the group any more.</summary>
    public void Begin(long stay)
    {
        Stay = stay;
        KeyPackage = null;
        Confirmed = -1;
        Orders.Clear();
        RefusedBy.Clear();
        Strikes = 0;
    }
}
