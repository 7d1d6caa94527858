using System.Collections;

namespace Parley.Routing.Tests.Planning;

/// <summary>Round trips that may only be asked for by the name of an allowed region.</summary>
public sealed class FencedDictionary(IReadOnlyDictionary<string, double> inner, IReadOnlySet<string> allowed) : IReadOnlyDictionary<string, double>
{
    public int Count => inner.Count;

    public IEnumerable<string> Keys => throw new InvalidOperationException("all regions were listed");

    public IEnumerable<double> Values => throw new InvalidOperationException("all round trips were listed");

    public double this[string key] => inner[Allowed(key)];

    public bool ContainsKey(string key) => inner.ContainsKey(Allowed(key));

    public bool TryGetValue(string key, out double value) => inner.TryGetValue(Allowed(key), out value);

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => throw new InvalidOperationException("all round trips were listed");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string Allowed(string key) => allowed.Contains(key) ? key : throw new InvalidOperationException($"forbidden region {key} was read");
}
