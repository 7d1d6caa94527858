using Parley.Rtc.Srtp;
using Parley.Sfu.Transports;

namespace Parley.Dtls;

/// <summary>A handshake of a factory with itself over queues in memory.</summary>
internal static class DtlsSelfTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Run(DtlsEndpointFactory factory)
    {
        // Not disposed: a handshake's thread may still be on its way out through it.
        AutoResetEvent activity = new(initialState: false);
        using DtlsEndpoint server = Create(factory, DtlsRole.Server, activity), client = Create(factory, DtlsRole.Client, activity);
        while (server.State == DtlsState.Handshaking || client.State == DtlsState.Handshaking)
        {
            if (!activity.WaitOne(Patience))
                throw new InvalidOperationException("The DTLS self-test did not finish.");
            Move(server, client);
            Move(client, server);
        }

        if (!Agree(server.Keys, client.Keys))
            throw new InvalidOperationException($"The DTLS self-test failed: server {server.Failure}, client {client.Failure}.");
    }

    private static DtlsEndpoint Create(DtlsEndpointFactory factory, DtlsRole role, AutoResetEvent activity)
    {
        DtlsSettings settings = new() { Role = role, RemoteFingerprint = factory.LocalFingerprint.ToArray(), Activity = () => activity.Set() };
        return factory.TryCreate(settings) ?? throw new InvalidOperationException("No handshake could be begun.");
    }

    private static void Move(DtlsEndpoint from, DtlsEndpoint to)
    {
        Span<byte> datagram = stackalloc byte[DatagramQueues.ReceiveLimit];
        while (from.TryGetOutgoing(datagram, out int length))
            to.Feed(datagram[..length]);
    }

    private static bool Agree(SrtpKeys? server, SrtpKeys? client) =>
        server is not null && client is not null && server.Profile == client.Profile
        && server.LocalKey.AsSpan().SequenceEqual(client.RemoteKey) && server.RemoteKey.AsSpan().SequenceEqual(client.LocalKey)
        && server.LocalSalt.AsSpan().SequenceEqual(client.RemoteSalt) && server.RemoteSalt.AsSpan().SequenceEqual(client.LocalSalt);
}
