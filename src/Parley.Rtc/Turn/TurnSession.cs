using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>
/// The server's side of one TURN connection over a stream (RFC 8656) with at most one allocation, which leads to one shard: the first of the node's own addresses that the client uses. One
/// thread calls it, but for <see cref="WriteToClient"/>, which another one may.
/// </summary>
/// <remarks>
/// <code>
/// state     | input                                          | next      | effect
/// Fresh     | request without integrity                      | Fresh     | 401 with realm and nonce
/// any       | request with another nonce                     | the same  | 438
/// any       | request of an unknown user or wrong password   | the same  | 401
/// Fresh     | Allocate of UDP                                | Allocated | success with the relayed address
/// Fresh     | any other request; Send; ChannelData           | Fresh     | 437; dropped; dropped
/// Allocated | Allocate                                       | Allocated | 437
/// Allocated | any request of another user                    | Allocated | 441
/// Allocated | Refresh with lifetime 0                        | Closed    | success
/// Allocated | Refresh                                        | Allocated | success; prolonged
/// Allocated | CreatePermission, own addresses only           | Allocated | success; they are permitted for 5 min
/// Allocated | ChannelBind to the peer, or to the first one   | Allocated | success; permitted for 5 min, bound for 10
/// Allocated | either, towards any other address              | Allocated | 403
/// Allocated | Send to a permitted address, ChannelData       | Allocated | data for the peer
/// Allocated | Send to any other address, unbound ChannelData | Allocated | dropped
/// Allocated | the lifetime is over                           | Closed    |
/// any       | a frame that makes no sense                    | Closed    |
/// Closed    | any                                            | Closed    | dropped
/// </code>
/// </remarks>
public sealed class TurnSession
{
    /// <summary>How long an allocation holds without a Refresh: the default of RFC 8656 section 3.2, and the longest here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const byte Udp = 17;

    private readonly TurnPermissions _permissions;
    private readonly TurnSettings _settings;
    private readonly ITurnAuthority _authority;
    private readonly byte[] _nonce;
    private readonly byte[] _dataId;
    private volatile TurnPeer? _peer;
    private string _username = "";
    private TurnKey? _key;
    private bool _isIPv4;

    /// <summary>Makes a session that waits for an Allocate.</summary>
    public TurnSession(TurnSettings settings, ITurnAuthority authority, IEntropy entropy)
    {
        _settings = settings;
        _authority = authority;
        _nonce = Encoding.ASCII.GetBytes(settings.Nonce);
        _permissions = new TurnPermissions(settings.Peers);

        // Nobody answers an indication: one id serves all.
        _dataId = new byte[StunConstants.TransactionIdLength];
        entropy.Fill(_dataId);
    }

    /// <summary>Where it stands.</summary>
    public TurnState State { get; private set; }

    /// <summary>Until when the allocation holds; never without one.</summary>
    public MonotonicTime ExpiresAt { get; private set; } = MonotonicTime.Never;

    /// <summary>The shard's address that the allocation leads to; null before the first datagram or channel.</summary>
    public TransportAddress? Peer => _peer?.Address;

    /// <summary>Takes one frame and writes the response, if there is one.</summary>
    /// <param name="frame">A whole frame, as <see cref="TurnFrame.TryReadLength"/> cuts the stream.</param>
    /// <param name="now">When it came.</param>
    /// <param name="response">Takes the response: <see cref="StunConstants.MaximumLength"/> bytes suffice.</param>
    public TurnStep Handle(ReadOnlySpan<byte> frame, MonotonicTime now, Span<byte> response)
    {
        HandleTimeout(now);
        if (State == TurnState.Closed)
            return new(TurnOutcome.NotPermitted);
        if (TurnFrame.TryReadChannel(frame, out ushort channel, out int length))
            return HandleChannel(channel, length, now);
        if (!TurnMessage.TryParse(frame, out TurnMessage message) || message.Class is StunClass.SuccessResponse or StunClass.ErrorResponse)
        {
            State = TurnState.Closed;
            return new(TurnOutcome.Malformed);
        }

        return message.Class == StunClass.Indication ? HandleIndication(message, now) : HandleRequest(message, now, response);
    }

    /// <summary>Ends the allocation when its time is over.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (State == TurnState.Allocated && ExpiresAt <= now)
            State = TurnState.Closed;
    }

    /// <summary>Wraps a datagram of the peer for the client, as ChannelData where a channel is bound, else as a Data indication. Returns its length; 0 when there is no peer or no room.</summary>
    public int WriteToClient(ReadOnlySpan<byte> datagram, MonotonicTime now, Span<byte> destination)
    {
        if (_peer is not { } peer)
            return 0;
        return peer.Channel != 0 && now < peer.ChannelUntil
            ? TurnFrame.WriteChannel(peer.Channel, datagram, destination)
            : TurnResponse.WriteData(_dataId, peer.Address, datagram, destination);
    }

    private TurnStep HandleChannel(ushort channel, int length, MonotonicTime now) =>
        _peer is { } peer && peer.Channel == channel && now < peer.ChannelUntil && _permissions.Has(peer.Address, now)
            ? new(TurnOutcome.Data, 0, TurnFrame.HeaderLength, length)
            : new(TurnOutcome.NotPermitted);

    private TurnStep HandleIndication(in TurnMessage message, MonotonicTime now)
    {
        if (message.Method != TurnMethod.Send || message.Unknown.Count > 0 || !message.HasData || !message.TryGetPeer(out TransportAddress address))
            return new(TurnOutcome.Refused);
        if (State != TurnState.Allocated)
            return new(TurnOutcome.NotPermitted);
        if (!_permissions.IsOwn(address))
            return new(TurnOutcome.ForeignPeer);
        if (!_permissions.Has(address, now) || !TakePeer(address))
            return new(TurnOutcome.NotPermitted);
        return new(TurnOutcome.Data, 0, message.DataOffset, message.DataLength);
    }

    private TurnStep HandleRequest(in TurnMessage message, MonotonicTime now, Span<byte> response)
    {
        if (!message.HasIntegrity)
            return new(TurnOutcome.Challenged, TurnResponse.WriteChallenge(message, TurnErrors.Unauthenticated, _settings, response));
        if (message.Username.IsEmpty || message.Nonce.IsEmpty)
            return Error(message, TurnErrors.BadRequest, null, response);
        if (!message.Nonce.SequenceEqual(_nonce))
            return new(TurnOutcome.Challenged, TurnResponse.WriteChallenge(message, TurnErrors.StaleNonce, _settings, response));
        if (Authenticate(message, out string username) is not { } key)
            return new(TurnOutcome.WrongCredentials, TurnResponse.WriteChallenge(message, TurnErrors.Unauthenticated, _settings, response));
        if (message.Unknown.Count > 0)
            return Error(message, TurnErrors.UnknownAttribute, key, response);
        if (message.Method == TurnMethod.Allocate)
            return Allocate(message, username, key, now, response);
        if (State != TurnState.Allocated)
            return Error(message, TurnErrors.AllocationMismatch, key, response);
        if (username != _username)
            return Error(message, TurnErrors.WrongCredentials, key, response);
        return message.Method switch
        {
            TurnMethod.Refresh => Refresh(message, key, now, response),
            TurnMethod.CreatePermission => CreatePermission(message, key, now, response),
            TurnMethod.ChannelBind => ChannelBind(message, key, now, response),
            _ => Error(message, TurnErrors.BadRequest, key, response),
        };
    }

    private TurnKey? Authenticate(in TurnMessage message, out string username)
    {
        username = Encoding.UTF8.GetString(message.Username);
        bool isOwner = State == TurnState.Allocated && username == _username;
        if (_authority.FindPassword(username, isOwner) is not { } password)
            return null;
        TurnKey key = isOwner ? _key! : new TurnKey(username, _settings.Realm, password);
        return message.IsIntegrityValid(key) ? key : null;
    }

    private TurnStep Allocate(in TurnMessage message, string username, TurnKey key, MonotonicTime now, Span<byte> response)
    {
        if (State == TurnState.Allocated)
            return Error(message, TurnErrors.AllocationMismatch, key, response);
        if (message.Transport is not { } transport)
            return Error(message, TurnErrors.BadRequest, key, response);
        if (transport != Udp)
            return Error(message, TurnErrors.UnsupportedTransport, key, response);
        if (FindRelayed(message.Family) is not { } relayed)
            return Error(message, TurnErrors.AddressFamilyNotSupported, key, response);
        ushort port = _authority.Open(username);
        if (port == 0)
            return Error(message, TurnErrors.AllocationQuotaReached, key, response);
        State = TurnState.Allocated;
        ExpiresAt = now + Lifetime;
        _username = username;
        _key = key;
        _isIPv4 = relayed.IsIPv4;
        return new(TurnOutcome.Allocated, TurnResponse.WriteAllocated(message, relayed.WithPort(port), _settings.Client, (uint)Lifetime.TotalSeconds, key, response));
    }

    // Without a wish, any: a node with IPv6 alone has nothing else to offer.
    private TransportAddress? FindRelayed(byte? family)
    {
        foreach (TransportAddress address in _settings.Relayed)
        {
            if (family is null || family == (address.IsIPv4 ? 1 : 2))
                return address;
        }

        return null;
    }

    private TurnStep Refresh(in TurnMessage message, TurnKey key, MonotonicTime now, Span<byte> response)
    {
        if (message.Family is { } family && family != (_isIPv4 ? 1 : 2))
            return Error(message, TurnErrors.PeerAddressFamilyMismatch, key, response);
        uint lifetime = message.Lifetime == 0 ? 0 : (uint)Lifetime.TotalSeconds;
        ExpiresAt = now + TimeSpan.FromSeconds(lifetime);
        State = lifetime == 0 ? TurnState.Closed : State;
        return new(lifetime == 0 ? TurnOutcome.Deleted : TurnOutcome.Answered, TurnResponse.WriteRefreshed(message, lifetime, key, response));
    }

    private TurnStep CreatePermission(in TurnMessage message, TurnKey key, MonotonicTime now, Span<byte> response)
    {
        // All or nothing (RFC 8656 section 10.2).
        int cursor = 0;
        int count = 0;
        while (message.TryNextPeer(ref cursor, out TransportAddress address))
        {
            if (CheckPeer(address, _permissions.IsOwnHost(address)) is var code && code != 0)
                return ErrorOfPeer(message, code, key, response);
            count++;
        }

        if (count == 0)
            return Error(message, TurnErrors.BadRequest, key, response);
        cursor = 0;
        while (message.TryNextPeer(ref cursor, out TransportAddress address))
            _permissions.Add(address, now);
        return new(TurnOutcome.Answered, TurnResponse.WriteSuccess(message, key, response));
    }

    private TurnStep ChannelBind(in TurnMessage message, TurnKey key, MonotonicTime now, Span<byte> response)
    {
        if (message.Channel is < TurnFrame.FirstChannel or > TurnFrame.LastChannel || !message.TryGetPeer(out TransportAddress address))
            return Error(message, TurnErrors.BadRequest, key, response);
        if (CheckPeer(address, _permissions.IsOwn(address)) is var code && code != 0)
            return ErrorOfPeer(message, code, key, response);
        if (!TakePeer(address))
            return Error(message, TurnErrors.Forbidden, key, response);
        if (_peer!.Channel != 0 && _peer.Channel != message.Channel)
            return Error(message, TurnErrors.BadRequest, key, response);
        _permissions.Add(address, now);
        _peer = new TurnPeer(address, message.Channel, now + TurnPermissions.ChannelLifetime);
        return new(TurnOutcome.Answered, TurnResponse.WriteSuccess(message, key, response));
    }

    private int CheckPeer(TransportAddress address, bool isOwn) =>
        !isOwn ? TurnErrors.Forbidden : address.IsIPv4 != _isIPv4 ? TurnErrors.PeerAddressFamilyMismatch : 0;

    // The shard sees one sender, whichever of its addresses the client names: a second one would only confuse the two.
    private bool TakePeer(TransportAddress address)
    {
        _peer ??= new TurnPeer(address, 0, MonotonicTime.Zero);
        return _peer.Address == address;
    }

    private static TurnStep ErrorOfPeer(in TurnMessage message, int code, TurnKey key, Span<byte> response) =>
        new(code == TurnErrors.Forbidden ? TurnOutcome.ForeignPeer : TurnOutcome.Refused, TurnResponse.WriteError(message, code, key, response));

    private static TurnStep Error(in TurnMessage message, int code, TurnKey? key, Span<byte> response) =>
        new(TurnOutcome.Refused, TurnResponse.WriteError(message, code, key, response));
}
