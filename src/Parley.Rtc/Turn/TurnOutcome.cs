namespace Parley.Rtc.Turn;

/// <summary>What came of a frame.</summary>
public enum TurnOutcome : byte
{
    /// <summary>A request was carried out.</summary>
    Answered,

    /// <summary>The allocation was made.</summary>
    Allocated,

    /// <summary>Data for the peer.</summary>
    Data,

    /// <summary>The client ended the allocation.</summary>
    Deleted,

    /// <summary>The client was asked for its credentials: how every conversation begins.</summary>
    Challenged,

    /// <summary>The frame makes no sense: on a stream nothing behind it does either.</summary>
    Malformed,

    /// <summary>No such credentials, or the password is wrong.</summary>
    WrongCredentials,

    /// <summary>A request that is not to be carried out now, or asks for what is not offered.</summary>
    Refused,

    /// <summary>A permission, channel or datagram towards an address that is none of this node's shards.</summary>
    ForeignPeer,

    /// <summary>A datagram without an allocation, permission or channel.</summary>
    NotPermitted,
}
