using System.Text;
using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;
using Parley.Rtc.Turn;

namespace Parley.Rtc.Tests.Turn;

public class TurnMessageTests
{
    // RFC 5769 section 2.4; the password is "TheMatrIX" when SASLprep has taken its soft hyphen away.
    private const string LongTerm =
        "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c662f2f3439396b393534643"
        + "64f4c33346f4c39465354767936347341" + "0014000b6578616d706c652e6f726700" + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

    [Fact]
    public void The_long_term_credential_of_RFC_5769_holds()
    {
        byte[] bytes = Convert.FromHexString(LongTerm);
        Assert.True(TurnMessage.TryParse(bytes, out TurnMessage message));
        Assert.Equal("\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", Encoding.UTF8.GetString(message.Username));
        Assert.Equal("example.org", Encoding.UTF8.GetString(message.Realm));
        TurnKey key = new("\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9", "example.org", "TheMatrIX");
        Assert.True(message.IsIntegrityValid(key));
        bytes[25] ^= 1;
        Assert.True(TurnMessage.TryParse(bytes, out TurnMessage changed));
        Assert.False(changed.IsIntegrityValid(key));
    }

    [Fact]
    public void What_a_client_writes_is_read() =>
        Gen.Select(Gen.Byte.Array[1, 60], Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.UShort, Gen.UShort, Gen.Bool).Sample(
            (data, ip, port, channel, sha256) =>
            {
                TurnWire wire = new(TurnWire.ChannelBind);
                byte[] bytes = wire.Number(channel).Peer(ip, port).Add(0x0013, data).Lifetime(7).Add(0x0017, 2, 0, 0, 0).Udp().Signed("user", "secret", "realm", "nonce", sha256);
                Assert.True(TurnMessage.TryParse(bytes, out TurnMessage message));
                Assert.Equal((StunClass.Request, TurnMethod.ChannelBind, channel), (message.Class, message.Method, message.Channel));
                Assert.Equal((7u, (byte?)2, (byte?)17), (message.Lifetime, message.Family, message.Transport));
                Assert.True(message.TryGetPeer(out TransportAddress peer));
                Assert.Equal(TransportAddress.FromBytes(ip, port), peer);
                Assert.Equal(data, bytes[message.DataOffset..(message.DataOffset + message.DataLength)]);
                Assert.Equal((sha256, true), (message.UsesSha256, message.IsIntegrityValid(new TurnKey("user", "realm", "secret"))));
                Assert.False(message.IsIntegrityValid(new TurnKey("user", "realm", "Secret")));
                Assert.Equal(0, message.Unknown.Count);
            },
            iter: 1_000);

    [Fact]
    public void What_stands_behind_the_integrity_does_not_count()
    {
        byte[] signed = new TurnWire(TurnWire.CreatePermission).Peer([192, 0, 2, 7], 1).Signed("user", "secret", "realm", "nonce");
        byte[] id = signed[8..20];
        byte[] extra = [0, 0x12, 0, 8, .. TurnWire.Xor([10, 0, 0, 1], 2, id)];
        byte[] bytes = [.. signed, .. extra];
        bytes[2] = (byte)((bytes.Length - 20) >> 8);
        bytes[3] = (byte)(bytes.Length - 20);
        Assert.True(TurnMessage.TryParse(bytes, out TurnMessage message));
        int cursor = 0;
        Assert.True(message.TryNextPeer(ref cursor, out _));
        Assert.False(message.TryNextPeer(ref cursor, out _));
    }

    [Fact]
    public void Any_bytes_are_taken_without_an_exception() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        new TurnBench().Say(bytes);
        TurnFrame.TryReadChannel(bytes, out _, out _);
        StreamOpening.Read(bytes);
    }, iter: 10_000);

    [Fact]
    public void Any_change_of_a_request_is_taken_without_an_exception() => Gen.Select(Gen.Int[0, 150], Gen.Byte, Gen.Int[20, 150]).Sample(
        (at, value, cut) =>
        {
            byte[] bytes = new TurnWire(TurnWire.Allocate).Udp().Peer([192, 0, 2, 7], 1).Signed(TurnBench.User, TurnBench.Password, "parley", "0123456789");
            bytes[at % bytes.Length] = value;
            new TurnBench().Say(bytes);
            new TurnBench().Say(bytes[..Math.Min(cut, bytes.Length)]);
        },
        iter: 5_000);
}
