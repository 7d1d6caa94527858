using System.Runtime.ExceptionServices;
using Parley.NetLab.Support;

namespace Parley.NetLab.Network;

/// <summary>A network namespace of this lab's own, gone with it.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private static int s_number;

    private NetworkNamespace(string name) => Name = name;

    /// <summary>Its name for <c>ip netns</c>.</summary>
    public string Name { get; }

    /// <summary>Makes an empty one; the process's number in its name keeps labs apart.</summary>
    public static NetworkNamespace Create(string name)
    {
        string full = $"plab-{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}-{name}";
        Command.Run("ip", "netns", "add", full);
        return new(full);
    }

    /// <summary>Does something on a thread inside: what it opens stays inside.</summary>
    public T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        Thread thread = new(() =>
        {
            try
            {
                int place = Libc.Open($"/var/run/netns/{Name}", Libc.ReadOnly);
                Libc.Enter(place);
                _ = Libc.Close(place);
                result = work();
            }
            catch (Exception caught)
            {
                fault = ExceptionDispatchInfo.Capture(caught);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return result;
    }

    /// <summary>Runs a shell script inside.</summary>
    public string Shell(string script) => Command.Run("ip", "netns", "exec", Name, "sh", "-ec", script);

    public void Dispose() => Command.Try("ip", "netns", "delete", Name);
}
