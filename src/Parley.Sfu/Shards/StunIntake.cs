using System.Runtime.CompilerServices;
using Parley.Rtc.Ice;
using Parley.Rtc.Stun;
using Parley.Sfu.Packets;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Shards;

/// <summary>
/// The way of a connectivity check: find the transport by our user fragment, authenticate, answer, and note the address. Whoever knows no user fragment of ours gets no answer and
/// costs a parse and a look-up.
/// </summary>
[SkipLocalsInit] // What is written there is all that is read.
public sealed class StunIntake
{
    private readonly RoomContext _context;
    private readonly ConnectionRegistry _registry;
    private readonly RelayDispatcher _relays;
    private readonly FailureLimiter _failures;

    /// <summary>Makes the intake of one shard.</summary>
    public StunIntake(RoomContext context, ConnectionRegistry registry, RelayDispatcher relays)
    {
        _context = context;
        _registry = registry;
        _relays = relays;
        _failures = new FailureLimiter(context.Entropy);
    }

    /// <summary>Takes a STUN datagram. Returns the transport that it belongs to; null when it was dropped before one was found.</summary>
    /// <remarks>What belongs to a relay link is handled within.</remarks>
    public Connection? Find<TSink>(in DatagramMeta meta, ReadOnlySpan<byte> datagram, out StunMessage message, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        message = default;
        // Nobody can have a known peer's checks ignored by forging its address.
        if (_failures.IsBlocked(meta.Source, meta.Arrival) && _registry.FindByAddress(meta.Source) is null && _relays.Registry.FindByAddress(meta.Source) is null)
        {
            _context.Drops.Count(DropReason.SourceFlooding);
            return null;
        }

        if (!StunMessage.TryParse(datagram, out message))
            return Fail(meta, DropReason.StunMalformed);
        if (message.Class != StunClass.Request && _relays.TryHandleResponse(meta, datagram, ref sink))
            return null;
        if (!IceUsername.TrySplit(message.Username, out ReadOnlySpan<byte> local, out _))
            return Fail(meta, DropReason.StunUnexpected);
        if (_relays.Registry.FindByUfrag(local) is { } link)
        {
            Handle(link, meta, message, ref sink);
            return null;
        }

        return _registry.FindByUfrag(local) ?? Fail(meta, DropReason.StunUnknownUfrag);
    }

    /// <summary>Lets a transport answer a check.</summary>
    public void Handle<TSink>(Connection connection, in DatagramMeta meta, in StunMessage message, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> response = stackalloc byte[StunConstants.MaximumLength];
        bool couldSend = connection.Transport.CanSend;
        IceCheckResult result = connection.Transport.HandleCheck(message, meta.Source, meta.Arrival, response);
        if (result.IsDrop)
        {
            Fail(meta, ReasonOf(result.Outcome));
            return;
        }

        if (IsAnswered(result.Outcome) && !_registry.TryClaim(meta.Source, result.Forgotten, connection))
        {
            Fail(meta, DropReason.AddressTaken);
            return;
        }

        if (result.ResponseLength > 0)
            connection.Transport.SendResponse(response[..result.ResponseLength], meta.Source, ref sink);
        if (!couldSend && connection.Transport.CanSend)
            connection.Room.OnReady(meta.Arrival);
    }

    private void Handle<TSink>(RelayLink link, in DatagramMeta meta, in StunMessage message, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> response = stackalloc byte[StunConstants.MaximumLength];
        IceCheckResult result = link.Transport.HandleCheck(message, meta.Source, meta.Arrival, response);
        if (result.IsDrop)
        {
            Fail(meta, ReasonOf(result.Outcome));
            return;
        }

        if (IsAnswered(result.Outcome))
        {
            // Only the other shard knows the link's password; a peer that pretended to be at its address loses it.
            _registry.Evict(meta.Source);
            _relays.OnChecked(link, meta.Source, result.Forgotten);
        }

        if (result.ResponseLength > 0)
            link.Transport.SendResponse(response[..result.ResponseLength], meta.Source, ref sink);
    }

    private static bool IsAnswered(IceCheckOutcome outcome) => outcome is IceCheckOutcome.Answered or IceCheckOutcome.Nominated;

    private static DropReason ReasonOf(IceCheckOutcome outcome) => outcome switch
    {
        IceCheckOutcome.WrongPassword or IceCheckOutcome.UnknownUsername => DropReason.StunUnauthorized,
        IceCheckOutcome.UnexpectedResponse => DropReason.StunUnexpected,
        _ => DropReason.StunMalformed,
    };

    private Connection? Fail(in DatagramMeta meta, DropReason reason)
    {
        _context.Drops.Count(reason);
        _failures.Count(meta.Source, meta.Arrival);
        return null;
    }
}
