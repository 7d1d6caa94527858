namespace Parley.Server.Encryption;

/// <summary>Everyone in an encrypted meeting, in the order of joining.</summary>
internal sealed class DeliveryPeople
{
    private readonly List<DeliveryPerson> _inOrder = [];
    private readonly Dictionary<string, DeliveryPerson> _byId = [];

    /// <summary>Everyone, in the order of joining.</summary>
    public IReadOnlyList<DeliveryPerson> All => _inOrder;

    /// <summary>Finds one; null when it is not here.</summary>
    public DeliveryPerson? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Adds one at its place in the order.</summary>
    public DeliveryPerson Add(string id, long since)
    {
        DeliveryPerson person = new(id, since);
        _byId.Add(id, person);
        int place = _inOrder.FindLastIndex(other => other.Since <= since) + 1;
        _inOrder.Insert(place, person);
        return person;
    }

    /// <summary>Takes one out; null when it was not here.</summary>
    public DeliveryPerson? Remove(string id)
    {
        if (!_byId.Remove(id, out DeliveryPerson? person))
            return null;
        _inOrder.Remove(person);
        return person;
    }

    /// <summary>Whoever has a connection, those first who do what they are asked, each in the order of joining.</summary>
    public IEnumerable<DeliveryPerson> Willing() =>
        _inOrder.Where(static person => person.IsConnected && !person.IsSluggish).Concat(_inOrder.Where(static person => person.IsConnected && person.IsSluggish));
}
