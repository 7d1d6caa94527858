using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Parley.Server.Keys;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Tests.Nodes;

/// <summary>Whoever holds a node's key and says to another node what it likes, past all that an honest node would ask itself first.</summary>
internal sealed class Caller : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly GrpcChannel _channel;

    public Caller(ECDsa key, WorldNode to)
    {
        _certificate = new CertificateRequest("CN=anyone", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        SocketsHttpHandler handler = new()
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
                RemoteCertificateValidationCallback = (_, shown, _, _) => PublicKeys.Write((X509Certificate2)shown!) == to.Entry.Key,
            },
        };
        _channel = GrpcChannel.ForAddress($"https://{to.Options.Control}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Calls = new NodeControl.NodeControlClient(_channel);
    }

    public NodeControl.NodeControlClient Calls { get; }

    /// <summary>Hands a grant over; gives the rule and the sentence that refuse it, both empty when it is taken.</summary>
    public async Task<(string Rule, string Sentence)> GrantAsync(string text)
    {
        Verdict verdict = await Calls.GrantAsync(new GrantCall { Grant = text });
        return (verdict.Rule, verdict.Sentence);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _certificate.Dispose();
    }
}
