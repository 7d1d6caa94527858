using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Media;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tunnel;

namespace Parley.Server.Tests.Tunnel;

public sealed class TunnelListenerTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("parley-tunnel-").FullName;

    private string Chain => Path.Combine(_folder, "chain.pem");

    private string Key => Path.Combine(_folder, "key.pem");

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_port_of_its_own_takes_pages_and_TURN_within_TLS_and_a_new_certificate_without_a_restart()
    {
        string first = Write();
        await using TestNode node = await TestNode.StartAsync(options => options with { Tunnel = "127.0.0.1:0", TunnelCertificate = Chain, TunnelCertificateKey = Key });
        TunnelWays ways = ((TunnelAddresses)node.Node.Services.GetService(typeof(TunnelAddresses))!).Current;
        Assert.Equal(2, ways.Urls.Count);
        int port = new Uri(ways.Urls[0].Replace("turns:", "https://", StringComparison.Ordinal)).Port;
        Assert.NotEqual(node.Node.Address.Port, port);
        Assert.Equal(first, await ShownAsync(port));
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        using HttpClient pages = new(handler);
        Assert.Equal("{\"status\":\"ok\",\"faults\":[]}", await pages.GetStringAsync($"https://127.0.0.1:{port}/healthz"));

        using (SslStream stream = await ConnectAsync(port))
        {
            await stream.WriteAsync(new TurnWire(TurnWire.Allocate).Udp().Plain());
            byte[] answer = new byte[20];
            await stream.ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal([0x01, 0x13], answer[..2]);
        }

        // ICE-TCP comes to the same port without TLS; this check is nobody's.
        TunnelCounters counters = (TunnelCounters)node.Node.Services.GetService(typeof(TunnelCounters))!;
        using TunnelGuest guest = TunnelGuest.Connect(new Uri($"http://127.0.0.1:{port}"));
        await guest.SendFrameAsync(new TurnWire(1).Plain());
        await guest.ClosedAsync();
        Assert.True(counters.Refusals.ContainsKey(TunnelReasons.Malformed));

        string second = Write();
        string shown = first;
        for (int i = 0; shown == first && i < 50; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            shown = await ShownAsync(port);
        }

        Assert.Equal(second, shown);

        // Half of the next pair: the one before stays.
        await File.WriteAllTextAsync(Key, "nonsense");
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        Assert.Equal(second, await ShownAsync(port));
    }

    private static async Task<string> ShownAsync(int port)
    {
        using SslStream stream = await ConnectAsync(port);
        return stream.RemoteCertificate!.GetCertHashString();
    }

    private static async Task<SslStream> ConnectAsync(int port)
    {
        TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port);
        SslStream stream = new(client.GetStream(), leaveInnerStreamOpen: false, static (_, shown, _, _) => shown is not null);
        await stream.AuthenticateAsClientAsync("localhost");
        return stream;
    }

    private string Write()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Chain, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }
}
