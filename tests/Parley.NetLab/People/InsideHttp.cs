using System.Net;
using System.Net.Sockets;
using Parley.NetLab.Network;

namespace Parley.NetLab.People;

/// <summary>HTTP whose sockets are in a namespace.</summary>
internal static class InsideHttp
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>A client in the namespace.</summary>
    public static HttpClient Client(NetworkNamespace space, Uri? address = null) => new(Handler(space)) { BaseAddress = address, Timeout = Timeout };

    /// <summary>What makes its connections there; addresses only, no names.</summary>
    public static SocketsHttpHandler Handler(NetworkNamespace space) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        ConnectCallback = async (context, cancellation) =>
        {
            Socket socket = space.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
