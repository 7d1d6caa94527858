using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Comparison.Janus;

/// <summary>Debian's Janus with a configuration of its own: the VideoRoom, its HTTP API, one event loop (its best setting for one core), ICE-lite.</summary>
internal static class JanusServer
{
    public static ProcessStartInfo Describe(string folder, int httpPort, string address)
    {
        WriteCertificate(folder);
        Write(folder, "janus.jcfg", $$"""
            general: {
              configs_folder = "{{folder}}"
              plugins_folder = "/usr/lib/{{LibraryFolder}}/janus/plugins"
              transports_folder = "/usr/lib/{{LibraryFolder}}/janus/transports"
              debug_level = 2
              event_loops = 1
              session_timeout = 0
            }
            certificates: { cert_pem = "{{folder}}/cert.pem", cert_key = "{{folder}}/key.pem" }
            media: { rtp_port_range = "20000-40000" }
            nat: { ice_lite = true, ice_enforce_list = "{{address}}" }
            plugins: { disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so" }
            transports: { disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_websockets.so" }
            """);
        Write(folder, "janus.transport.http.jcfg", $$"""
            general: { json = "compact", base_path = "/janus", http = true, port = {{httpPort.ToString(CultureInfo.InvariantCulture)}}, ip = "127.0.0.1", https = false }
            admin: { admin_http = false, admin_https = false }
            """);
        Write(folder, "janus.plugin.videoroom.jcfg", "general: { }\n");
        return new("janus") { ArgumentList = { "--config", Path.Combine(folder, "janus.jcfg"), "--configs-folder", folder } };
    }

    private static string LibraryFolder => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => "aarch64-linux-gnu",
        _ => "x86_64-linux-gnu",
    };

    // Janus's own certificate would be RSA; the load takes ECDSA only, as every SFU's browsers do by default.
    private static void WriteCertificate(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=janus", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        Write(folder, "cert.pem", certificate.ExportCertificatePem());
        Write(folder, "key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    private static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
