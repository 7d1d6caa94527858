using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Ice;

/// <summary>
/// The controlling side towards one remote candidate: checks it with USE-CANDIDATE, again and again until answered, then keeps consent alive (RFC 8445 section 7.2, RFC 7675).
/// It answers the peer's own checks as well, since a full agent sends some. One thread calls it.
/// </summary>
/// <remarks>
/// <code>
/// state        | input                         | next         | effect
/// New          | TryWriteCheck                 | Checking     | first check
/// Checking     | deadline                      | Checking     | next check after 50, 100, ... 1,600 ms
/// Checking     | authenticated success         | Connected    | next check after 4 to 6 s
/// Connected    | deadline                      | Connected    | check; unanswered ones are repeated as in Checking
/// Connected    | authenticated success         | Connected    | consent renewed
/// any          | 30 s without a success        | Disconnected | no more checks
/// any          | Dispose                       | Closed       |
/// </code>
/// </remarks>
public sealed class ConnectivityChecker : IDisposable
{
    // Type preference of a peer-reflexive candidate (110), local preference 65,535, component 1 (RFC 8445 section 5.1.2.1).
    private const uint PeerReflexivePriority = (110u << 24) | (65535u << 8) | 255;

    private readonly CheckAuthenticator _incoming;
    private readonly StunIntegrityKey _remoteKey;
    private readonly byte[] _username;
    private readonly IEntropy _entropy;
    private readonly PendingChecks _pending = new();
    private readonly ulong _tieBreaker;
    private MonotonicTime _nextCheck;
    private MonotonicTime _consentUntil;
    private TimeSpan _retransmission = IceTiming.FirstRetransmission;

    /// <summary>Makes a checker whose first check is due now.</summary>
    /// <param name="local">Our credentials.</param>
    /// <param name="remote">The peer's credentials.</param>
    /// <param name="candidate">The peer's candidate.</param>
    /// <param name="entropy">Where transaction ids and the tie-breaker come from.</param>
    /// <param name="now">The present.</param>
    public ConnectivityChecker(
        IceCredentials local, IceCredentials remote, TransportAddress candidate, IEntropy entropy, MonotonicTime now)
    {
        Candidate = candidate;
        _incoming = new CheckAuthenticator(local, remote);
        _remoteKey = new StunIntegrityKey(remote.Password);
        _username = IceUsername.Format(remote.Ufrag, local.Ufrag);
        _entropy = entropy;
        _tieBreaker = entropy.NextUInt64();
        _nextCheck = now;
        _consentUntil = now + IceTiming.Consent;
    }

    /// <summary>The peer's address that is checked: where datagrams go.</summary>
    public TransportAddress Candidate { get; }

    /// <summary>Where it stands.</summary>
    public IceState State { get; private set; }

    /// <summary>Our address as the peer saw it in its last response; null before.</summary>
    public TransportAddress? MappedAddress { get; private set; }

    /// <summary>The round trip of the last answered check; zero before.</summary>
    public TimeSpan RoundTrip { get; private set; }

    /// <summary>When <see cref="TryWriteCheck"/> is to be called.</summary>
    public MonotonicTime NextDeadline => State is IceState.Disconnected or IceState.Closed
        ? MonotonicTime.Never
        : MonotonicTime.Earlier(_nextCheck, _consentUntil);

    /// <summary>
    /// Does what is due at <paramref name="now"/>: writes a check to send to <see cref="Candidate"/> and returns its length, or returns 0 when none is due.
    /// Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>.
    /// </summary>
    public int TryWriteCheck(MonotonicTime now, Span<byte> destination)
    {
        if (State is IceState.Disconnected or IceState.Closed)
            return 0;
        if (_consentUntil <= now)
        {
            State = IceState.Disconnected;
            return 0;
        }

        if (now < _nextCheck)
            return 0;
        if (State == IceState.New)
            State = IceState.Checking;
        _nextCheck = now + _retransmission;
        _retransmission = Shorter(_retransmission * 2, IceTiming.SlowestRetransmission);
        return WriteCheck(now, destination);
    }

    /// <summary>
    /// Takes one STUN datagram from the peer: a response to a check of ours (<see cref="IceCheckOutcome.ResponseAccepted"/>), or a check of the peer, whose response is written.
    /// </summary>
    public IceCheckResult HandleDatagram(ReadOnlySpan<byte> datagram, TransportAddress source, MonotonicTime now, Span<byte> response)
    {
        if (State == IceState.Closed)
            return new(IceCheckOutcome.Closed);
        if (!StunMessage.TryParse(datagram, out StunMessage message) || message.Method != StunConstants.BindingMethod)
            return new(IceCheckOutcome.Malformed);
        return message.Class switch
        {
            StunClass.Request => HandleRequest(message, source, response),
            StunClass.SuccessResponse => HandleSuccess(message, source, now),
            StunClass.Indication => new(IceCheckOutcome.Indication),
            _ => new(IceCheckOutcome.UnexpectedResponse),
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        State = IceState.Closed;
        _incoming.Dispose();
        _remoteKey.Dispose();
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private int WriteCheck(MonotonicTime now, Span<byte> destination)
    {
        Span<byte> id = stackalloc byte[StunConstants.TransactionIdLength];
        _entropy.Fill(id);
        _pending.Add(id, now);
        StunWriter writer = new(destination, StunClass.Request, id);
        writer.AddUsername(_username);
        writer.AddPriority(PeerReflexivePriority);
        writer.AddControlling(_tieBreaker);
        writer.AddUseCandidate();
        writer.AddIntegrity(_remoteKey);
        writer.AddFingerprint();
        return writer.Length;
    }

    private IceCheckResult HandleSuccess(in StunMessage message, TransportAddress source, MonotonicTime now)
    {
        int index = _pending.IndexOf(message.TransactionId);
        if (index < 0 || source != Candidate || State == IceState.Disconnected)
            return new(IceCheckOutcome.UnexpectedResponse);
        if (!message.IsIntegrityValid(_remoteKey))
            return new(IceCheckOutcome.WrongPassword);
        if (!message.TryGetMappedAddress(out TransportAddress mapped))
            return new(IceCheckOutcome.Malformed);

        MappedAddress = mapped;
        RoundTrip = now - _pending.SentAt(index);
        _pending.Clear();
        State = IceState.Connected;
        _consentUntil = now + IceTiming.Consent;
        _retransmission = IceTiming.FirstRetransmission;
        _nextCheck = now + IceTiming.ConsentInterval * Jitter();
        return new(IceCheckOutcome.ResponseAccepted);
    }

    private IceCheckResult HandleRequest(in StunMessage message, TransportAddress source, Span<byte> response)
    {
        if (!message.IsFingerprintValid())
            return new(IceCheckOutcome.BadFingerprint);
        if (!_incoming.MatchesUsername(message))
            return new(IceCheckOutcome.UnknownUsername);
        if (!_incoming.IsAuthentic(message))
            return new(IceCheckOutcome.WrongPassword);
        if (message.HasControlling)
            return new(IceCheckOutcome.RoleConflict, _incoming.WriteRoleConflict(message, response));
        return new(IceCheckOutcome.Answered, _incoming.WriteSuccess(message, source, response));
    }

    // 0.8 to 1.2, so that many checkers do not fall into step (RFC 7675 section 5.1).
    private double Jitter() => 0.8 + (0.4 * (_entropy.NextUInt32() / (double)uint.MaxValue));
}
