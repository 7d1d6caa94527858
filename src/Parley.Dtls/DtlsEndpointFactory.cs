using System.Security.Cryptography;
using Parley.Sfu.Transports;

namespace Parley.Dtls;

/// <summary>
/// Makes DTLS associations with the node's certificate. A handshake begins, and its time runs, at <see cref="TryCreate"/>: call it when the peer's first DTLS
/// datagram arrives (or an authenticated ICE check from it), not before.
/// </summary>
public sealed class DtlsEndpointFactory : IDtlsEndpointFactory
{
    private static readonly TimeSpan MinimumResend = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaximumResend = TimeSpan.FromMilliseconds(200);

    private readonly DtlsCertificate _certificate;
    private readonly DtlsOptions _options;
    private readonly NodeIdentity _identity;
    private readonly DtlsReviver _reviver = new();
    private int _underWay;

    /// <summary>Makes a factory.</summary>
    /// <param name="certificate">The node's certificate.</param>
    /// <param name="options">What bounds the handshakes.</param>
    public DtlsEndpointFactory(DtlsCertificate certificate, DtlsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _certificate = certificate;
        _options = options ?? new DtlsOptions();
        _identity = new NodeIdentity(certificate);
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> LocalFingerprint => _certificate.Fingerprint;

    /// <summary>What became of the handshakes.</summary>
    public DtlsStatistics Statistics { get; } = new();

    /// <summary>Handshakes under way, which is also their threads.</summary>
    public int HandshakesUnderWay => Volatile.Read(ref _underWay);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The fingerprint has not 32 bytes.</exception>
    IDtlsEndpoint? IDtlsEndpointFactory.TryCreate(DtlsSettings settings) => TryCreate(settings);

    /// <summary>Begins an association; null when as many handshakes are under way as allowed, or the system gives no thread.</summary>
    /// <exception cref="ArgumentException">The fingerprint has not 32 bytes.</exception>
    public DtlsEndpoint? TryCreate(DtlsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.RemoteFingerprint.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A SHA-256 fingerprint has 32 bytes.", nameof(settings));
        if (Interlocked.Increment(ref _underWay) > _options.MaximumHandshakes)
            return Refuse();
        DatagramQueues queues = new(
            _options.HandshakeTimeout, settings.Activity, new RecordGate(awaitCertificateVerify: settings.Role == DtlsRole.Server));
        HandshakeContext handshake = new(_identity, _options, settings.RemoteFingerprint, ResendMilliseconds(settings.RoundTrip), Statistics);
        DtlsEndpoint endpoint = new(settings.Role, queues, handshake, _reviver, OnHandshakeEnded);
        if (!DtlsThread.TryStart("parley-dtls", endpoint.RunHandshake))
            return Refuse();
        Statistics.CountStarted();
        return endpoint;
    }

    /// <summary>Shakes hands with itself in memory, three times: warms up the code (the first takes some 200 ms) and proves that it works here.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public void WarmUp()
    {
        for (int i = 0; i < 3; i++)
            DtlsSelfTest.Run(this);
    }

    private static int ResendMilliseconds(TimeSpan roundTrip)
    {
        // The answer needs a round trip and some work at the peer.
        TimeSpan resend = roundTrip * 1.5;
        return (int)(resend < MinimumResend ? MinimumResend : resend > MaximumResend ? MaximumResend : resend).TotalMilliseconds;
    }

    private DtlsEndpoint? Refuse()
    {
        Interlocked.Decrement(ref _underWay);
        Statistics.CountRefused();
        return null;
    }

    private void OnHandshakeEnded(DtlsEndpoint endpoint)
    {
        if (endpoint.Failure == DtlsFailure.None)
            Statistics.CountConnected();
        else
            Statistics.CountFailed(endpoint.Failure);
        Interlocked.Decrement(ref _underWay);
    }
}
