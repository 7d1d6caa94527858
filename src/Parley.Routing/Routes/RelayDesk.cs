namespace Parley.Routing.Routes;

/// <summary>Opens and closes relays: only while both nodes hold grants that name each other (I2).</summary>
internal sealed class RelayDesk(GrantDesk grants, Queue<RouteAction> actions)
{
    private readonly Dictionary<RelayLink, State> _relays = [];

    public IEnumerable<RelayLink> Open => _relays.Keys;

    public bool IsUp(RelayLink relay) => _relays.TryGetValue(relay, out State? state) && state.IsUp;

    /// <summary>Brings the relays to what is wanted: closes first, so that there is never a loop.</summary>
    public bool Use(IReadOnlyCollection<RelayLink> wanted, long now)
    {
        bool changed = false;
        foreach (RelayLink relay in _relays.Keys.Where(relay => !wanted.Contains(relay) || !IsGranted(relay, now)).ToArray())
        {
            Close(relay);
            changed = true;
        }

        foreach (RelayLink relay in wanted)
        {
            if (_relays.ContainsKey(relay) || !IsGranted(relay, now))
                continue;
            _relays[relay] = new State { Since = now };
            actions.Enqueue(new OpenRelay(relay.A, relay.B));
            changed = true;
        }

        return changed;
    }

    public bool Up(RelayLink relay)
    {
        if (!_relays.TryGetValue(relay, out State? state) || state.IsUp)
            return false;
        return state.IsUp = true;
    }

    public bool Down(RelayLink relay, long now)
    {
        if (!_relays.TryGetValue(relay, out State? state))
            return false;
        bool wasUp = state.IsUp;
        state.IsUp = false;
        state.Since = now;
        return wasUp;
    }

    /// <summary>Opens anew what does not come up.</summary>
    public void Tick(long now)
    {
        foreach ((RelayLink relay, State state) in _relays)
        {
            if (state.IsUp || now < state.Since + RouteTimes.Patience)
                continue;
            state.Since = now;
            actions.Enqueue(new CloseRelay(relay.A, relay.B));
            actions.Enqueue(new OpenRelay(relay.A, relay.B));
        }
    }

    public long NextDeadline()
    {
        long next = long.MaxValue;
        foreach ((RelayLink relay, State state) in _relays)
        {
            next = Math.Min(next, Math.Min(grants.Find(relay.A)?.HeldUntil ?? 0, grants.Find(relay.B)?.HeldUntil ?? 0));
            if (!state.IsUp)
                next = Math.Min(next, state.Since + RouteTimes.Patience);
        }

        return next;
    }

    private bool IsGranted(RelayLink relay, long now) => grants.Names(relay.A, relay.B, now) && grants.Names(relay.B, relay.A, now);

    private void Close(RelayLink relay)
    {
        _relays.Remove(relay);
        actions.Enqueue(new CloseRelay(relay.A, relay.B));
    }

    private sealed class State
    {
        public bool IsUp { get; set; }

        public required long Since { get; set; }
    }
}
