using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Parley.Server.Keys;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Tests.Nodes;

/// <summary>The control endpoint believes keys of the directory and nothing else.</summary>
public sealed class StrangerTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task A_key_of_the_directory_gets_in()
    {
        using X509Certificate2 certificate = SelfSigned(nodes.Home.Key);
        using GrpcChannel channel = Channel(certificate);
        Verdict verdict = await new NodeControl.NodeControlClient(channel).GrantAsync(new GrantCall { Grant = "x" });
        Assert.Equal("grant-malformed", verdict.Rule);
    }

    [Fact]
    public async Task A_strangers_certificate_is_refused_at_TLS()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = SelfSigned(key);
        using GrpcChannel channel = Channel(certificate);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () => await new NodeControl.NodeControlClient(channel).GrantAsync(new GrantCall { Grant = "x" }));
        Assert.NotEqual(StatusCode.OK, refused.StatusCode);
        await AssertNoByteAsync(certificate);
    }

    [Fact]
    public async Task A_certificate_that_the_operator_key_signed_is_refused_too_when_the_directory_does_not_list_its_key()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 issued = NodeCertificates.Issue(nodes.Home.Id, key, nodes.World.Operator, DateTimeOffset.UtcNow);
        using X509Certificate2 certificate = issued.CopyWithPrivateKey(key);
        await AssertNoByteAsync(certificate);
    }

    [Fact]
    public async Task Without_a_certificate_nobody_gets_in() => await AssertNoByteAsync(certificate: null);

    [Fact]
    public async Task Messages_that_are_none_or_too_large_are_answered_with_a_status()
    {
        using X509Certificate2 certificate = SelfSigned(nodes.Home.Key);
        using GrpcChannel channel = Channel(certificate);
        NodeControl.NodeControlClient client = new(channel);
        RpcException large = await Assert.ThrowsAsync<RpcException>(async () => await client.GrantAsync(new GrantCall { Grant = new string('x', 2 * 1024 * 1024) }));
        Assert.Equal(StatusCode.ResourceExhausted, large.StatusCode);

        using AsyncDuplexStreamingCall<RoomCommand, RoomNews> room = client.Room();
        await room.RequestStream.WriteAsync(new RoomCommand { Close = 3 });
        RpcException order = await Assert.ThrowsAsync<RpcException>(() => room.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.InvalidArgument, order.StatusCode);

        using HttpClient raw = new(Handler(certificate)) { BaseAddress = new Uri($"https://{nodes.Away.Options.Control}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using ByteArrayContent nonsense = new([0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]);
        nonsense.Headers.ContentType = new("application/grpc");
        using HttpResponseMessage answer = await raw.PostAsync(new Uri("/parley.nodes.v1.NodeControl/Grant", UriKind.Relative), nonsense);
        _ = await answer.Content.ReadAsByteArrayAsync();
        string status = answer.TrailingHeaders.Concat(answer.Headers).First(static header => header.Key == "grpc-status").Value.First();
        Assert.NotEqual("0", status);
        Assert.True(nodes.Home.Links.Find(nodes.Away.Id)!.IsAlive);
    }

    [Fact]
    public async Task Clients_do_not_find_the_calls_of_nodes_at_the_front_door()
    {
        using HttpClient http = new() { BaseAddress = nodes.Away.Running.Address };
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/parley.nodes.v1.NodeControl/Grant", UriKind.Relative), new ByteArrayContent([]));
        Assert.False(answer.IsSuccessStatusCode);
    }

    private static X509Certificate2 SelfSigned(ECDsa key) =>
        new CertificateRequest("CN=anyone", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

    private SocketsHttpHandler Handler(X509Certificate2 certificate) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = (_, shown, _, _) => PublicKeys.Write((X509Certificate2)shown!) == nodes.Away.Entry.Key,
        },
    };

    private GrpcChannel Channel(X509Certificate2 certificate) =>
        GrpcChannel.ForAddress($"https://{nodes.Away.Options.Control}", new GrpcChannelOptions { HttpHandler = Handler(certificate), DisposeHttpClient = true, MaxSendMessageSize = null });

    // With TLS 1.3 the client learns at its first read that the server has refused it.
    private async Task AssertNoByteAsync(X509Certificate2? certificate)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPEndPoint.Parse(nodes.Away.Options.Control), TestContext.Current.CancellationToken);
        await using SslStream tls = new(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "node",
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                    ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                    RemoteCertificateValidationCallback = (_, shown, _, _) => PublicKeys.Write((X509Certificate2)shown!) == nodes.Away.Entry.Key,
                },
                TestContext.Current.CancellationToken);
            Assert.Equal(0, await tls.ReadAsync(new byte[64], TestContext.Current.CancellationToken));
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // So it should be.
        }
    }
}
