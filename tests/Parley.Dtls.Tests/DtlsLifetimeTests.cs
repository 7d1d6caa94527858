using System.Security.Cryptography;
using Parley.Sfu.Transports;

namespace Parley.Dtls.Tests;

public sealed class DtlsLifetimeTests
{
    private static readonly DtlsTestNode Client = new();

    [Fact]
    public void Three_hundred_silent_peers_get_256_threads_and_give_them_back()
    {
        DtlsTestNode server = new();
        DtlsEndpoint?[] endpoints = [.. Enumerable.Range(0, 300).Select(_ => server.TryCreate(DtlsRole.Server, Client.Certificate.Fingerprint, () => { }))];
        Assert.Equal(256, endpoints.Count(endpoint => endpoint is not null));
        Assert.Equal(256, server.Factory.HandshakesUnderWay);
        Assert.Equal(44, server.Factory.Statistics.Refused);
        foreach (DtlsEndpoint? endpoint in endpoints)
            endpoint?.Dispose();
        Waiting.Until(() => server.Factory.HandshakesUnderWay == 0);
        Assert.Equal(256, server.Factory.Statistics.Failed(DtlsFailure.Disposed));

        using DtlsWire wire = new(server, Client);
        wire.RunUntilConnected();
    }

    [Theory]
    [InlineData(DtlsRole.Server)]
    [InlineData(DtlsRole.Client)]
    public void A_silent_peer_costs_the_timeout_and_no_more(DtlsRole role)
    {
        DtlsTestNode node = new(new DtlsOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) });
        int activities = 0;
        using DtlsEndpoint endpoint = node.Create(role, Client.Certificate.Fingerprint, () => Interlocked.Increment(ref activities));
        Waiting.Until(() => endpoint.State == DtlsState.Failed);
        Assert.Equal(DtlsFailure.TimedOut, endpoint.Failure);
        Waiting.Until(() => node.Factory.HandshakesUnderWay == 0 && Volatile.Read(ref activities) > 0);
    }

    [Fact]
    public void Disposing_ends_the_thread_long_before_the_timeout()
    {
        DtlsTestNode node = new(new DtlsOptions { HandshakeTimeout = TimeSpan.FromHours(1) });
        DtlsEndpoint endpoint = node.Create(DtlsRole.Server, Client.Certificate.Fingerprint, () => { });
        Assert.Equal(1, node.Factory.HandshakesUnderWay);
        endpoint.Dispose();
        endpoint.Dispose();
        Waiting.Until(() => node.Factory.HandshakesUnderWay == 0);
        Assert.False(endpoint.TryGetOutgoing(new byte[1_500], out _));
        endpoint.Feed(new byte[] { 22, 1, 2 });
        endpoint.Confirm();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Close_notify_closes_confirmed_or_not(bool confirm)
    {
        DtlsTestNode server = new();
        using HostileRun run = new(server, Client.Certificate.Fingerprint, new HostileClient { Certificate = Client.Certificate, Key = Client.Key });
        run.RunUntil(() => run.Server.State == DtlsState.Connected && run.Association is not null);
        if (confirm)
            run.Server.Confirm();
        run.Association!.Close();
        run.RunUntil(() => run.Server.State == DtlsState.Closed);
        Assert.NotNull(run.Server.Keys);
        Assert.Equal(1, server.Factory.Statistics.AlertsReceived(0));
    }

    [Fact]
    public void Forged_records_after_the_handshake_change_nothing()
    {
        DtlsTestNode server = new();
        using HostileRun run = new(server, Client.Certificate.Fingerprint, new HostileClient { Certificate = Client.Certificate, Key = Client.Key });
        run.RunUntil(() => run.Server.State == DtlsState.Connected && run.Association is not null);
        for (int i = 0; i < 500; i++)
        {
            // Fatal alerts in the clear and under the epoch of the keys, and handshake records.
            byte type = (byte)(20 + (i % 4));
            byte epoch = (byte)(i / 4 % 3);
            run.Server.Feed([type, 0xFE, 0xFD, 0, epoch, 0, 0, 0, 0, 1, (byte)i, 0, 2, 2, 40]);
            run.Server.Feed([type, 0xFE, 0xFD, 0, epoch, 0, 0, 0, 0, 2, (byte)i, 0, 26, .. RandomNumberGenerator.GetBytes(26)]);
        }

        Waiting.Until(() => !run.Server.HasIncoming);
        Assert.Equal(DtlsState.Connected, run.Server.State);
        run.Association!.Close();
        run.RunUntil(() => run.Server.State == DtlsState.Closed);
    }

    [Fact]
    public void Once_confirmed_the_last_flight_is_not_sent_again()
    {
        DtlsTestNode server = new();
        List<byte[]> fromClient = [];
        using DtlsWire wire = new(server, Client);
        byte[] buffer = new byte[1_500];
        wire.RunUntil(() =>
        {
            while (wire.Client.TryGetOutgoing(buffer, out int length))
            {
                fromClient.Add(buffer[..length]);
                wire.Server.Feed(buffer.AsSpan(0, length));
            }

            return wire.Server.State == DtlsState.Connected && wire.Client.State == DtlsState.Connected;
        });
        wire.Server.Confirm();
        foreach (byte[] datagram in fromClient)
            wire.Server.Feed(datagram);
        Assert.False(wire.Server.HasIncoming);
        Assert.False(wire.Server.TryGetOutgoing(buffer, out _));
    }
}
