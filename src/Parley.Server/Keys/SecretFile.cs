namespace Parley.Server.Keys;

/// <summary>Secrets on disk: readable by their owner only, and there wholly or not at all.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Makes a folder for secrets (mode 0700).</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            System.IO.Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>Reads a secret, making it with <paramref name="make"/> when it is not there yet (mode 0600).</summary>
    public static byte[] ReadOrMake(string path, Func<byte[]> make)
    {
        if (!File.Exists(path))
            Write(path, make());
        return File.ReadAllBytes(path);
    }

    private static void Write(string path, byte[] secret)
    {
        string unfinished = path + ".new";
        File.Delete(unfinished);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        using (FileStream file = new(unfinished, options))
        {
            file.Write(secret);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
    }
}
