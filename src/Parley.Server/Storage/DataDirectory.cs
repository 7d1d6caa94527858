namespace Parley.Server.Storage;

/// <summary>A node's data directory, held by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>The database's file.</summary>
    public string Database => Path.Combine(FullPath, "parley.db");

    /// <summary>Makes and takes a data directory.</summary>
    /// <exception cref="IOException">Another process holds it, or it cannot be made; the message says so for the operator.</exception>
    public static DataDirectory Open(string path)
    {
        string full = Path.GetFullPath(path);
        System.IO.Directory.CreateDirectory(full);
        try
        {
            return new DataDirectory(full, new FileStream(Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new IOException($"The data directory {full} is in use by another node. Stop that node, or give this one its own with --data.", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();
}
