using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Hosting;

/// <summary>A TLS certificate in PEM files, read again when they change: connections that are open stay with the one they began with. Safe from any thread.</summary>
internal sealed class PemCertificate
{
    // Looking costs less than a watcher of the file system, and works on shared and mounted ones.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private SslStreamCertificateContext _current;
    private (DateTime Certificate, DateTime Key) _seen;
    private long _looked;
    private string _refused = "";

    /// <summary>Reads the files.</summary>
    /// <exception cref="InvalidDataException">They hold no certificate chain with its key.</exception>
    public PemCertificate(string certificate, string key, TimeProvider time, ILogger log)
    {
        _certificate = certificate;
        _key = key;
        _time = time;
        _log = log;
        _seen = Stamps();
        _looked = time.GetTimestamp();
        try
        {
            _current = Read();
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            throw new InvalidDataException($"{certificate} and {key} are no certificate chain with its key (PEM): {fault.Message}", fault);
        }
    }

    /// <summary>The chain as it is now; the one before while the files make no sense, as between the replacing of the one and the other.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_looked) >= Period)
                    Look();
                return _current;
            }
        }
    }

    private static bool IsOfFiles(Exception fault) => fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private void Look()
    {
        _looked = _time.GetTimestamp();
        try
        {
            (DateTime, DateTime) stamps = Stamps();
            if (stamps == _seen)
                return;
            _current = Read();
            _seen = stamps;
            _refused = "";
            _log.LogInformation("The certificate in {File} was read again", _certificate);
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            if (fault.Message != _refused)
                _log.LogError("The certificate in {File} is kept out; the one before stays: {Reason}", _certificate, fault.Message);
            _refused = fault.Message;
        }
    }

    private (DateTime Certificate, DateTime Key) Stamps() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    private SslStreamCertificateContext Read()
    {
        using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(_certificate, _key);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(_certificate);

        // Windows' TLS cannot use a key that lives in memory only; elsewhere the detour does no harm.
        X509Certificate2 leaf = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }
}
