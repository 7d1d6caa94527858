using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Media;

namespace Parley.Server.Tests.Tunnel;

/// <summary>A client of the tunnel over a real TCP connection: TURN requests, ICE-TCP frames, connectivity checks.</summary>
internal sealed class TunnelGuest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpClient _tcp = new();
    private readonly Stream _stream;
    private string _nonce = "";

    private TunnelGuest(Uri node)
    {
        _tcp.Connect(node.Host, node.Port);
        _tcp.NoDelay = true;
        _stream = _tcp.GetStream();
    }

    public Stream Stream => _stream;

    public static TunnelGuest Connect(Uri node) => new(node);

    /// <summary>A connection with an allocation.</summary>
    public static async Task<TunnelGuest> AllocateAsync(Uri node, TunnelPass pass)
    {
        TunnelGuest guest = new(node);
        Assert.Equal(0, await guest.AskAsync(new TurnWire(TurnWire.Allocate).Udp(), pass));
        return guest;
    }

    /// <summary>Sends a signed request, after fetching the nonce when there is none yet; the error code, 0 for a success.</summary>
    public async Task<int> AskAsync(TurnWire request, TunnelPass pass)
    {
        if (_nonce.Length == 0)
        {
            await SendAsync(new TurnWire(TurnWire.Allocate).Udp().Plain());
            _nonce = Encoding.ASCII.GetString(TurnWire.Attributes(await ReadTurnAsync())[0x0015].Single());
        }

        await SendAsync(request.Signed(pass.Username, pass.Credential, "parley", _nonce));
        return TurnWire.Error(await ReadTurnAsync());
    }

    public ValueTask SendAsync(byte[] bytes) => _stream.WriteAsync(bytes);

    /// <summary>Sends a datagram as ICE-TCP frames it.</summary>
    public ValueTask SendFrameAsync(byte[] datagram) => SendAsync(Frame(datagram));

    /// <summary>A datagram as ICE-TCP frames it.</summary>
    public static byte[] Frame(byte[] datagram) => [(byte)(datagram.Length >> 8), (byte)datagram.Length, .. datagram];

    public async Task<byte[]> ReadFrameAsync()
    {
        byte[] header = await ReadAsync(2);
        return await ReadAsync(BinaryPrimitives.ReadUInt16BigEndian(header));
    }

    /// <summary>Sends again and again, as browsers do, until something comes back: the shard may not know the transport yet.</summary>
    public async Task<byte[]> ExchangeAsync(Func<byte[]> next, Func<Task<byte[]>> read)
    {
        Task<byte[]> answer = read();
        while (!answer.IsCompleted)
        {
            await SendAsync(next());
            await Task.WhenAny(answer, Task.Delay(200));
        }

        return await answer;
    }

    /// <summary>Reads one message of TURN, padding included.</summary>
    public async Task<byte[]> ReadTurnAsync()
    {
        byte[] header = await ReadAsync(4);
        int said = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2));
        return [.. header, .. await ReadAsync((header[0] & 0xC0) != 0 ? (said + 3) & ~3 : said + 16)];
    }

    /// <summary>Waits until the node closes the connection.</summary>
    public async Task ClosedAsync(TimeSpan? patience = null)
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer).AsTask().WaitAsync(patience ?? Patience) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }
    }

    public void Dispose() => _tcp.Dispose();

    /// <summary>A connectivity check of a participant whose offer and answer these are.</summary>
    public static byte[] Check(TunnelPeer peer)
    {
        byte[] bytes = new byte[256];
        int length = peer.Checker.TryWriteCheck(peer.Next(), bytes);
        return bytes[..length];
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        return bytes;
    }
}
