using Parley.Rtc.Primitives;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Transports;

/// <summary>
/// A transport's DTLS: made at the peer's first datagram, fed only from addresses that an authenticated check validated, polled when it has something to do.
/// </summary>
/// <remarks>
/// <code>
/// state       | input                              | next
/// None        | datagram, association made         | Handshaking
/// None        | datagram, as many as allowed exist | None, counted; Failed after MaximumRefusals
/// None        | Begin, association made            | Handshaking
/// None        | Begin, as many as allowed exist    | None
/// Handshaking | the endpoint has keys              | Connected
/// Handshaking | the endpoint failed                | Failed
/// Connected   | close_notify                       | Closed
/// </code>
/// </remarks>
public sealed class DtlsAssociation : IDisposable
{
    /// <summary>How often the node may refuse an association, at one refusal a received datagram, before the transport gives up.</summary>
    public const int MaximumRefusals = 16;

    /// <summary>
    /// Datagrams taken in a life. A handshake takes about ten, each loss a few more, the end one; the library copies and reads each, which costs far more than sending it.
    /// </summary>
    public const int MaximumFed = 500;

    // RFC 6347 section 4.1.1: no record here is larger than a datagram.
    private const int MaximumDatagram = 1500;

    private readonly IDtlsEndpointFactory _factory;
    private DtlsSettings _settings;
    private IDtlsEndpoint? _endpoint;
    private int _refusals;
    private int _fed;
    private bool _isConfirmed;

    /// <summary>Makes an association that waits for the peer's hello, or for <see cref="Begin"/>.</summary>
    public DtlsAssociation(IDtlsEndpointFactory factory, DtlsRole role, byte[] remoteFingerprint, Action activity)
    {
        _factory = factory;
        _settings = new DtlsSettings { Role = role, RemoteFingerprint = remoteFingerprint, Activity = activity };
    }

    /// <summary>Where it stands.</summary>
    public DtlsState State => _endpoint?.State ?? (_refusals > MaximumRefusals ? DtlsState.Failed : DtlsState.Handshaking);

    /// <summary>The keys, once connected.</summary>
    public SrtpKeys? Keys => _endpoint?.Keys;

    /// <summary>As client: makes the endpoint, which says hello, unless it is there already. Call again when the node had no room for it.</summary>
    public void Begin(TimeSpan roundTrip)
    {
        if (_endpoint is not null)
            return;
        _settings = _settings with { RoundTrip = roundTrip };
        _endpoint = _factory.TryCreate(_settings);
    }

    /// <summary>Takes a datagram from a validated address; false when no association could be made for it, or it is one too many.</summary>
    public bool TryFeed(ReadOnlySpan<byte> datagram)
    {
        _endpoint ??= _factory.TryCreate(_settings);
        if (_endpoint is null)
        {
            _refusals++;
            return false;
        }

        if (_fed == MaximumFed)
            return false;
        _fed++;
        _endpoint.Feed(datagram);
        return true;
    }

    /// <summary>Sends what the endpoint has to send.</summary>
    public void Flush<TSink>(in TransportAddress destination, ShardTraffic traffic, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_endpoint is null)
            return;
        Span<byte> datagram = stackalloc byte[MaximumDatagram];
        while (_endpoint.TryGetOutgoing(datagram, out int length))
        {
            Span<byte> room = sink.Reserve(length);
            if (room.Length < length)
            {
                traffic.Drops.Count(DropReason.SinkFull);
                continue;
            }

            datagram[..length].CopyTo(room);
            sink.Commit(destination, length);
            traffic.Sent(length);
        }
    }

    /// <summary>Notes an authentic SRTP packet: the peer has our last flight.</summary>
    public void Confirm()
    {
        if (_isConfirmed)
            return;
        _isConfirmed = true;
        _endpoint?.Confirm();
    }

    /// <inheritdoc />
    public void Dispose() => _endpoint?.Dispose();
}
