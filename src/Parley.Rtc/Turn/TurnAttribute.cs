namespace Parley.Rtc.Turn;

/// <summary>The attribute types of TURN beside those of STUN (RFC 8656 section 18.2, RFC 8489 section 18.3.1).</summary>
public enum TurnAttribute : ushort
{
    /// <summary>CHANNEL-NUMBER.</summary>
    ChannelNumber = 0x000C,

    /// <summary>LIFETIME, seconds.</summary>
    Lifetime = 0x000D,

    /// <summary>XOR-PEER-ADDRESS.</summary>
    XorPeerAddress = 0x0012,

    /// <summary>DATA.</summary>
    Data = 0x0013,

    /// <summary>REALM.</summary>
    Realm = 0x0014,

    /// <summary>NONCE.</summary>
    Nonce = 0x0015,

    /// <summary>XOR-RELAYED-ADDRESS.</summary>
    XorRelayedAddress = 0x0016,

    /// <summary>REQUESTED-ADDRESS-FAMILY.</summary>
    RequestedAddressFamily = 0x0017,

    /// <summary>REQUESTED-TRANSPORT.</summary>
    RequestedTransport = 0x0019,
}
