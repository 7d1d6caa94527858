using Org.BouncyCastle.Tls;
using Parley.Sfu.Transports;

namespace Parley.Dtls.Tests;

/// <summary>A <see cref="HostileClient"/> on a thread of its own against a server endpoint, with a pump between them.</summary>
internal sealed class HostileRun : IDisposable
{
    private readonly AutoResetEvent _activity = new(initialState: false);
    private readonly DatagramQueues _queues;
    private readonly Thread _thread;
    private readonly byte[] _buffer = new byte[1_500];

    public HostileRun(DtlsTestNode server, ReadOnlyMemory<byte> serverSees, HostileClient client)
    {
        _queues = new DatagramQueues(TimeSpan.FromSeconds(10), () => _activity.Set());
        Server = server.Create(DtlsRole.Server, serverSees, () => _activity.Set());
        _thread = new Thread(() => Connect(client)) { IsBackground = true };
        _thread.Start();
    }

    public DtlsEndpoint Server { get; }

    /// <summary>The client's side, when it got that far.</summary>
    public DtlsTransport? Association { get; private set; }

    /// <summary>Datagrams that the server sent.</summary>
    public int ServerSent { get; private set; }

    public void RunUntil(Func<bool> condition) => Waiting.Until(() =>
    {
        Pump();
        if (condition())
            return true;
        _activity.WaitOne(10);
        return false;
    });

    public void Pump()
    {
        while (Server.TryGetOutgoing(_buffer, out int length))
        {
            ServerSent++;
            _queues.Offer(_buffer.AsSpan(0, length));
        }

        while (_queues.TryTake(_buffer, out int length))
            Server.Feed(_buffer.AsSpan(0, length));
    }

    public void Dispose()
    {
        Server.Dispose();
        _queues.Dispose();
        _thread.Join();
    }

    private void Connect(HostileClient client)
    {
        try
        {
            Association = new DtlsClientProtocol().Connect(client, _queues);
            _queues.EndHandshake();
        }
        catch (IOException)
        {
            // What the server makes of it is what the tests look at.
        }

        _activity.Set();
    }
}
