namespace Parley.Sfu.Relays;

/// <summary>The kinds of messages between two ends of a link: the subtype of their RTCP APP packets.</summary>
public enum RelayMessageKind : byte
{
    /// <summary>Where rows stand; also what keeps an idle link alive.</summary>
    Status = 1,

    /// <summary>Changes of one row's offers and wants.</summary>
    Changes = 2,

    /// <summary>The sender has left a row.</summary>
    Left = 3,
}
