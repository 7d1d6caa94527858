using Parley.NetLab.Network;

namespace Parley.NetLab.Support;

/// <summary>What this machine must let a lab do. Where it does not, the tests are skipped and say why.</summary>
internal static class Requirements
{
    private static readonly Lazy<string?> Missing = new(Find);

    /// <summary>Skips the running test where no lab can be made.</summary>
    public static void Check() => Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return "A lab needs Linux: network namespaces and TUN devices.";
        if (!Environment.IsPrivilegedProcess)
            return "A lab needs root: it makes network namespaces and TUN devices.";
        if (!File.Exists("/dev/net/tun"))
            return "A lab needs /dev/net/tun, which this machine does not have.";
        try
        {
            using NetworkNamespace trial = NetworkNamespace.Create("trial");
            using TunDevice device = TunDevice.Open(trial, "wan0");
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"A lab needs network namespaces (iproute2) and TUN devices, which this machine does not give: {fault.Message.Trim()}";
        }
    }
}
