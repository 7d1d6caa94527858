using System.Net;
using System.Net.Sockets;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

public class HeldPortTests
{
    [Fact]
    public void A_held_port_is_given_to_nobody_and_can_be_listened_on()
    {
        using HeldPort held = new();
        for (int i = 0; i < 500; i++)
        {
            using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Assert.NotEqual(held.Port, ((IPEndPoint)other.LocalEndPoint!).Port);
        }

        using TcpListener listener = new(IPAddress.Loopback, held.Port);
        listener.Start();
        Assert.Throws<SocketException>(() => new HeldPort(held.Port));
    }
}
