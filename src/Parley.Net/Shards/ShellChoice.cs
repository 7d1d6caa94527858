using System.Runtime.InteropServices;

namespace Parley.Net.Shards;

/// <summary>Chooses the shell for this machine.</summary>
internal static class ShellChoice
{
    // The native structures are laid out for 64-bit little-endian Linux.
    private static bool IsLinuxKnown =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is (Architecture.X64 or Architecture.Arm64);

    /// <summary>The shell that is used where this one is wanted.</summary>
    /// <exception cref="PlatformNotSupportedException">The Linux shell is wanted elsewhere.</exception>
    public static ShellKind For(ShellKind wanted) => wanted switch
    {
        ShellKind.Automatic => IsLinuxKnown ? ShellKind.Linux : ShellKind.Portable,
        ShellKind.Linux when !IsLinuxKnown => throw new PlatformNotSupportedException("The Linux shell needs Linux on x64 or arm64."),
        _ => wanted,
    };
}
