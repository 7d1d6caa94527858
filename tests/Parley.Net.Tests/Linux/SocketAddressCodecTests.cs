using Parley.Net.Linux;
using Parley.Net.Portable;

namespace Parley.Net.Tests.Linux;

public sealed unsafe class SocketAddressCodecTests
{
    [Theory]
    [InlineData("192.0.2.7", false)]
    [InlineData("192.0.2.7", true)]
    [InlineData("2001:db8::77", true)]
    public void Both_codecs_read_what_they_wrote_and_agree_with_the_class_library(string text, bool isIPv6Socket)
    {
        TransportAddress address = TransportAddress.From(IPAddress.Parse(text), 40_001);
        byte* space = stackalloc byte[SocketAddressCodec.SpaceBytes];
        new Span<byte>(space, SocketAddressCodec.SpaceBytes).Clear();
        uint length = SocketAddressCodec.Write(space, in address, isIPv6Socket);
        Assert.Equal(address, SocketAddressCodec.Read(space));

        IPAddress form = isIPv6Socket ? IPAddress.Parse(text).MapToIPv6() : IPAddress.Parse(text);
        SocketAddress expected = new IPEndPoint(form, 40_001).Serialize();
        SocketAddress written = PortableAddressCodec.Make(form.AddressFamily);
        Assert.True(PortableAddressCodec.TryWrite(written, in address));
        Assert.Equal(expected, written);
        Assert.Equal(address, PortableAddressCodec.Read(expected));
        if (OperatingSystem.IsLinux())
            Assert.True(expected.Buffer.Span[..expected.Size].SequenceEqual(new ReadOnlySpan<byte>(space, (int)length)));
    }

    [Fact]
    public void An_IPv6_address_cannot_be_written_for_an_IPv4_socket()
    {
        TransportAddress six = TransportAddress.From(IPAddress.IPv6Loopback, 1);
        byte* space = stackalloc byte[SocketAddressCodec.SpaceBytes];
        Assert.Equal(0u, SocketAddressCodec.Write(space, in six, isIPv6Socket: false));
        Assert.False(PortableAddressCodec.TryWrite(PortableAddressCodec.Make(AddressFamily.InterNetwork), in six));
    }
}
