using System.Diagnostics;
using Parley.Sfu.Transports;

namespace Parley.Dtls.Tests;

/// <summary>A server and a client endpoint, and the wire between them, which may lose, double and reorder what passes.</summary>
internal sealed class DtlsWire : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly AutoResetEvent _activity = new(initialState: false);
    private readonly byte[] _buffer = new byte[1_500];

    public DtlsWire(DtlsTestNode server, DtlsTestNode client, ReadOnlyMemory<byte>? serverSees = null, ReadOnlyMemory<byte>? clientSees = null)
    {
        Server = server.Create(DtlsRole.Server, serverSees ?? client.Certificate.Fingerprint, Signal);
        Client = client.Create(DtlsRole.Client, clientSees ?? server.Certificate.Fingerprint, Signal);
    }

    public DtlsEndpoint Server { get; }

    public DtlsEndpoint Client { get; }

    /// <summary>Datagrams that passed from the server, from the client.</summary>
    public int[] Sent { get; } = [0, 0];

    /// <summary>Given sender (0 server, 1 client) and number of the datagram: how often to deliver it; 1 when null.</summary>
    public Func<int, int, int>? Copies { get; init; }

    /// <summary>Delivers what waits until the condition holds.</summary>
    public void RunUntil(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"Server {Server.State} {Server.Failure}, client {Client.State} {Client.Failure}.");
            Move(0, Server, Client);
            Move(1, Client, Server);
            if (!condition())
                _activity.WaitOne(20);
        }
    }

    public void RunUntilConnected() => RunUntil(() => Server.State == DtlsState.Connected && Client.State == DtlsState.Connected);

    public void RunUntilDecided() => RunUntil(() => Server.State != DtlsState.Handshaking && Client.State != DtlsState.Handshaking);

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }

    private void Signal() => _activity.Set();

    private void Move(int sender, DtlsEndpoint from, DtlsEndpoint to)
    {
        while (from.TryGetOutgoing(_buffer, out int length))
        {
            Assert.InRange(length, 1, 1_200);
            int copies = Copies?.Invoke(sender, Sent[sender]++) ?? 1;
            for (int i = 0; i < copies; i++)
                to.Feed(_buffer.AsSpan(0, length));
        }
    }
}
