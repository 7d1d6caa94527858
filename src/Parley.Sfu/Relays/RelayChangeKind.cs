namespace Parley.Sfu.Relays;

/// <summary>What one entry of a <see cref="RelayMessageKind.Changes"/> message says.</summary>
public enum RelayChangeKind : byte
{
    /// <summary>No entry: the rest of the message is padding.</summary>
    None,

    /// <summary>A source is offered, or what was said of it changed.</summary>
    Offer,

    /// <summary>An offered source is no more.</summary>
    Gone,

    /// <summary>Which layers of a source that the receiver offers the sender wants.</summary>
    Want,
}
