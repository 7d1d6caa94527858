using Microsoft.Data.Sqlite;

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

    /// <summary>How the database is opened.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = Path.Combine(FullPath, "parley.db") }.ToString();

    /// <summary>Makes and takes a data directory.</summary>
    /// <exception cref="IOException">Another process holds it, or it cannot be made; the message says so for the operator.</exception>
    public static DataDirectory Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(full);
        else
            System.IO.Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
    public void Dispose()
    {
        // Pooled connections would keep the database open after the node.
        using (SqliteConnection connection = new(ConnectionString))
            SqliteConnection.ClearPool(connection);
        _lock.Dispose();
    }
}
