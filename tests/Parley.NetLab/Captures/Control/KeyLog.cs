namespace Parley.NetLab.Captures.Control;

/// <summary>The secrets of TLS 1.3 connections, as SSLKEYLOGFILE has them: label, client random, secret.</summary>
internal sealed class KeyLog
{
    private readonly Dictionary<(string Label, string Random), byte[]> _secrets = [];

    /// <summary>Reads the files that exist.</summary>
    public KeyLog(IEnumerable<string> files)
    {
        foreach (string file in files.Where(File.Exists))
        {
            using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                if (line.Split(' ') is [var label, var random, var secret])
                    _secrets[(label, random.ToUpperInvariant())] = Convert.FromHexString(secret);
            }
        }
    }

    /// <summary>A connection's secret; null when nobody wrote it down.</summary>
    public byte[]? Find(string label, ReadOnlySpan<byte> clientRandom) => _secrets.GetValueOrDefault((label, Convert.ToHexString(clientRandom)));
}
