namespace Parley.Server.Media;

/// <summary>What a peer connection may be used for, whatever else its offer allows.</summary>
internal enum MediaDirections
{
    /// <summary>Publishing and receiving: the web client.</summary>
    Both,

    /// <summary>Publishing only: WHIP.</summary>
    Publish,

    /// <summary>Receiving only: WHEP.</summary>
    Receive,
}
