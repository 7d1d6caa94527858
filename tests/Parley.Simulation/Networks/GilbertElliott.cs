
namespace Parley.Simulation.Networks;

/// <summary>Loss in bursts: a good state without loss and a bad one in which every packet is lost (Gilbert's model).</summary>
public sealed class GilbertElliott
{
    private readonly SeededEntropy _entropy;
    private readonly double _enter;
    private readonly double _leave;
    private bool _isBad;

    /// <summary>Makes the model that loses <paramref name="loss"/> of all packets, <paramref name="meanBurst"/> in a row on average.</summary>
    public GilbertElliott(double loss, double meanBurst, SeededEntropy entropy)
    {
        _entropy = entropy;
        _leave = 1 / Math.Max(1, meanBurst);
        _enter = loss >= 1 ? 1 : _leave * loss / (1 - loss);
    }

    /// <summary>Whether the next packet is lost.</summary>
    public bool Loses()
    {
        _isBad = _isBad ? !_entropy.Happens(_leave) : _entropy.Happens(_enter);
        return _isBad;
    }
}
