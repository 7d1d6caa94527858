using Parley.Rtc.Primitives;

namespace Parley.Simulation.Networks;

/// <summary>
/// Loss in bursts: a good state without loss and a bad one in which every packet is lost (Gilbert's model), in continuous time. Counted in packets instead, a burst on a link that
/// carries little would last for seconds.
/// </summary>
public sealed class GilbertElliott
{
    private readonly SeededEntropy _entropy;
    private readonly TimeSpan _meanGood;
    private readonly TimeSpan _meanBad;
    private readonly bool _isLossless;
    private bool _isBad = true;
    private MonotonicTime _until;

    /// <summary>Makes the model that is bad for <paramref name="loss"/> of the time, <paramref name="meanBurst"/> at once on average.</summary>
    public GilbertElliott(double loss, TimeSpan meanBurst, SeededEntropy entropy)
    {
        _entropy = entropy;
        _isLossless = loss <= 0;
        _meanBad = meanBurst;
        _meanGood = _isLossless ? TimeSpan.Zero : meanBurst * ((1 - loss) / loss);
    }

    /// <summary>Whether a packet that is sent now is lost.</summary>
    public bool Loses(MonotonicTime now)
    {
        if (_isLossless)
            return false;
        while (_until <= now)
        {
            _isBad = !_isBad;
            _until += (_isBad ? _meanBad : _meanGood) * -Math.Log(1 - _entropy.NextShare());
        }

        return _isBad;
    }
}
