namespace Parley.Routing.Routes;

/// <summary>What a route knows of one node's grant.</summary>
internal sealed class NodeLeg(string node, string region)
{
    public string Node { get; } = node;

    public string Region { get; set; } = region;

    /// <summary>What the newest grant says; null while it is being revoked.</summary>
    public GrantContent? Asked { get; set; }

    /// <summary>What the node is known to hold; null: nothing.</summary>
    public GrantContent? Held { get; set; }

    /// <summary>Until when it surely holds it: counted from sending, while the node counts from arrival.</summary>
    public long HeldUntil { get; set; }

    /// <summary>Until when the node may carry the meeting by anything that was ever sent to it.</summary>
    public long MayCarryUntil { get; set; }

    /// <summary>Messages that were not answered yet.</summary>
    public List<SentGrant> Sent { get; } = [];

    /// <summary>Since when the node owes an answer; <see cref="long.MaxValue"/>: it owes none.</summary>
    public long OwesSince { get; set; } = long.MaxValue;

    /// <summary>Whether somebody waits for it to be held as asked.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Until when the node is not given up, although it owes an answer.</summary>
    public long PardonedUntil { get; set; }

    /// <summary>When the next message is due: a renewal, or the last one again.</summary>
    public long NextSend { get; set; }

    public int Retries { get; set; }

    /// <summary>When whoever is still on the node is closed there; <see cref="long.MaxValue"/>: never.</summary>
    public long CloseBy { get; set; } = long.MaxValue;

    public bool IsRevoking => Asked is null;

    /// <summary>It is not to be closed, or no longer: then what it holds ends soon, and is renewed at once.</summary>
    public void StayOpen(long now)
    {
        if (CloseBy == long.MaxValue)
            return;
        CloseBy = long.MaxValue;
        NextSend = now + 1;
        PardonedUntil = now + RouteTimes.Answer;
    }

    public bool Holds(long now) => Held is not null && now < HeldUntil;
}
