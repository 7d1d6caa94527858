using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Ice;

/// <summary>
/// The ICE-lite side of one transport (RFC 8445 section 2.5): it answers checks and never sends any, accepts the latest nomination, and watches consent (RFC 7675). One thread calls it.
/// </summary>
/// <remarks>
/// <code>
/// state         | input                                        | next          | effect
/// New           | check without nomination                     | Checking      | success; 5-tuple validated
/// New, Checking | check with nomination                        | Connected     | success; pair selected
/// Checking      | check without nomination                     | Checking      | success
/// Connected     | check of the selected pair                   | Connected     | success; consent renewed
/// Connected     | nomination of another pair                   | Connected     | success; that pair selected, consent renewed
/// Connected     | check of another pair without nomination     | Connected     | success; consent unchanged
/// New, Checking | 30 s without a nomination                    | Disconnected  |
/// Connected     | 30 s without a check of the selected pair    | Disconnected  | nothing may be sent
/// Disconnected  | nomination, or check of the selected pair    | Connected     | success; consent renewed
/// Disconnected  | other check                                  | Disconnected  | success
/// any           | Restart                                      | the same      | both credentials hold until a nomination with the new ones
/// any           | check by a controlled peer                   | the same      | 487
/// any           | authenticated check, unknown attribute       | the same      | 420
/// any           | anything not authenticated                   | the same      | nothing
/// any           | Dispose                                      | Closed        | nothing is answered any more
/// </code>
/// </remarks>
public sealed class IceLiteAgent : IDisposable
{
    private readonly ValidatedTuples _validated = new();
    private CheckAuthenticator _current;
    private CheckAuthenticator? _pending;
    private MonotonicTime _consentUntil;
    private uint _nomination;

    /// <summary>Makes an agent that waits for its first check.</summary>
    /// <param name="local">What our answer said.</param>
    /// <param name="remote">What the peer's offer said.</param>
    /// <param name="now">The present; the peer has 30 s from here for its nomination.</param>
    public IceLiteAgent(IceCredentials local, IceCredentials remote, MonotonicTime now)
    {
        _current = new CheckAuthenticator(local, remote);
        _consentUntil = now + IceTiming.Consent;
    }

    /// <summary>Where it stands.</summary>
    public IceState State { get; private set; }

    /// <summary>The peer's address of the nominated pair: where to send. Null before the first nomination.</summary>
    public TransportAddress? Selected { get; private set; }

    /// <summary>When <see cref="HandleTimeout"/> is to be called: the end of consent; never when nothing waits for it.</summary>
    public MonotonicTime NextDeadline => State is IceState.Disconnected or IceState.Closed ? MonotonicTime.Never : _consentUntil;

    /// <summary>Whether an authenticated check came from this source: DTLS is admitted only then.</summary>
    public bool IsValidated(TransportAddress source) => State != IceState.Closed && _validated.Contains(source);

    /// <summary>Takes one STUN datagram and writes the response, if there is one.</summary>
    /// <param name="datagram">The whole datagram.</param>
    /// <param name="source">Where it came from, and where the response goes.</param>
    /// <param name="now">When it came.</param>
    /// <param name="response">Takes the response: <see cref="StunConstants.MaximumLength"/> bytes suffice. May not overlap <paramref name="datagram"/>.</param>
    public IceCheckResult HandleCheck(ReadOnlySpan<byte> datagram, TransportAddress source, MonotonicTime now, Span<byte> response)
    {
        if (State == IceState.Closed)
            return new(IceCheckOutcome.Closed);
        if (!StunMessage.TryParse(datagram, out StunMessage message))
            return new(IceCheckOutcome.Malformed);
        return HandleCheck(message, source, now, response);
    }

    /// <summary>The same for a message that was parsed already, as a shard does to find the transport by its USERNAME.</summary>
    public IceCheckResult HandleCheck(in StunMessage message, TransportAddress source, MonotonicTime now, Span<byte> response)
    {
        if (State == IceState.Closed)
            return new(IceCheckOutcome.Closed);
        IceCheckOutcome refusal = Screen(message, out CheckAuthenticator? credentials);
        if (credentials is null)
            return new(refusal);
        if (message.Unknown.Count > 0)
            return new(IceCheckOutcome.UnknownAttribute, credentials.WriteUnknownAttributes(message, response));
        if (message.HasControlled)
            return new(IceCheckOutcome.RoleConflict, credentials.WriteRoleConflict(message, response));

        bool moved = Accept(message, credentials, source, now);
        bool isNew = _validated.Note(source, Selected, now, out TransportAddress? forgotten);
        int length = credentials.WriteSuccess(message, source, response);
        return new(moved ? IceCheckOutcome.Nominated : IceCheckOutcome.Answered, length, isNew, forgotten);
    }

    /// <summary>Ends consent when its time is over. Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (State is IceState.New or IceState.Checking or IceState.Connected && _consentUntil <= now)
            State = IceState.Disconnected;
    }

    /// <summary>
    /// Begins an ICE restart (RFC 8445 section 9): checks with the new credentials are taken at once, those with the old ones and the selected pair stay until the peer nominates
    /// with the new ones.
    /// </summary>
    public void Restart(IceCredentials local, IceCredentials remote, MonotonicTime now)
    {
        if (State == IceState.Closed)
            return;
        _pending?.Dispose();
        _pending = new CheckAuthenticator(local, remote);
        _nomination = 0;
        if (State is IceState.New or IceState.Checking)
            _consentUntil = now + IceTiming.Consent;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        State = IceState.Closed;
        _current.Dispose();
        _pending?.Dispose();
    }

    private IceCheckOutcome Screen(in StunMessage message, out CheckAuthenticator? credentials)
    {
        credentials = null;
        if (message.Method != StunConstants.BindingMethod)
            return IceCheckOutcome.Malformed;
        if (message.Class == StunClass.Indication)
            return IceCheckOutcome.Indication;
        if (message.Class != StunClass.Request)
            return IceCheckOutcome.UnexpectedResponse;
        if (!message.IsFingerprintValid())
            return IceCheckOutcome.BadFingerprint;

        CheckAuthenticator? named = _current.MatchesUsername(message) ? _current
            : _pending is not null && _pending.MatchesUsername(message) ? _pending : null;
        if (named is null)
            return IceCheckOutcome.UnknownUsername;
        if (!named.IsAuthentic(message))
            return IceCheckOutcome.WrongPassword;
        credentials = named;
        return IceCheckOutcome.Answered;
    }

    // Applies an authenticated check to the state; true when another pair is selected now.
    private bool Accept(in StunMessage message, CheckAuthenticator credentials, TransportAddress source, MonotonicTime now)
    {
        bool nominates = Nominates(message);
        bool moved = nominates && Selected != source;
        if (nominates)
        {
            Selected = source;
            if (credentials == _pending)
                RetireOldCredentials();
        }

        if (Selected == source)
        {
            _consentUntil = now + IceTiming.Consent;
            State = IceState.Connected;
        }
        else if (State == IceState.New)
        {
            State = IceState.Checking;
        }

        return moved;
    }

    // The latest nomination counts; where the peer numbers them, one that was overtaken on the way does not.
    private bool Nominates(in StunMessage message)
    {
        if (!message.HasNomination)
            return message.UseCandidate;
        if (message.Nomination < _nomination)
            return false;
        _nomination = message.Nomination;
        return true;
    }

    private void RetireOldCredentials()
    {
        _current.Dispose();
        _current = _pending!;
        _pending = null;
    }
}
