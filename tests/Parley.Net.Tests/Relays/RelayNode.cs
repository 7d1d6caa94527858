using System.Security.Cryptography;
using Parley.Dtls;
using Parley.Net.Shards;
using Parley.Net.Tests.Kit;
using Parley.Sfu.Shards;

namespace Parley.Net.Tests.Relays;

/// <summary>A shard on a socket of its own with a certificate of its own, and one room.</summary>
internal sealed class RelayNode : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ShardHost _host;

    public RelayNode(ShellKind shell)
    {
        Dtls = new DtlsEndpointFactory(DtlsCertificate.Create(_key));
        _host = ShardHostFactory.Create(Shells.On(shell), new ShardSettings(), Dtls);
        _host.Start();
        Post(new OpenRoom(Room));
    }

    public static RoomId Room { get; } = new(1);

    public DtlsEndpointFactory Dtls { get; }

    public TransportAddress Address => TransportAddress.From(_host.LocalEndPoint);

    public byte[] Fingerprint => Dtls.LocalFingerprint.ToArray();

    public void Post(ShardCommand command) => Assert.True(_host.Post(command));

    /// <summary>The next event of a kind that suits; others before it are passed over.</summary>
    public async Task<T> Expect<T>(Func<T, bool>? suits = null)
        where T : ShardEvent
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while (true)
        {
            if (await _host.Events.ReadAsync(patience.Token) is T found && (suits is null || suits(found)))
                return found;
        }
    }

    public async Task<RelayStatistics> Count()
    {
        Post(new ReportStatistics());
        return Assert.Single((await Expect<StatisticsReported>()).Statistics.Relays);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
    }
}
