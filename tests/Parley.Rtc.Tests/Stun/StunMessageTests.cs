using System.Net;
using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Stun;

public class StunMessageTests
{
    [Fact]
    public void The_sample_request_of_rfc_5769_is_read()
    {
        using StunIntegrityKey key = new(Rfc5769Vectors.Password);

        Assert.True(StunMessage.TryParse(Rfc5769Vectors.Request, out StunMessage message));

        Assert.Equal(StunClass.Request, message.Class);
        Assert.Equal(StunConstants.BindingMethod, message.Method);
        Assert.Equal("B7E7A701BC34D686FA87DFAE", Convert.ToHexString(message.TransactionId));
        Assert.Equal("evtj:h6vY", Encoding.ASCII.GetString(message.Username));
        Assert.Equal(0x6e0001ffu, message.Priority);
        Assert.True(message.HasControlled);
        Assert.False(message.HasControlling);
        Assert.Equal(0x932ff9b151263b36ul, message.TieBreaker);
        Assert.False(message.UseCandidate);
        Assert.Equal(0, message.Unknown.Count);
        Assert.True(message.IsFingerprintValid());
        Assert.True(message.IsIntegrityValid(key));
    }

    [Theory]
    [InlineData(false, "192.0.2.1")]
    [InlineData(true, "2001:db8:1234:5678:11:2233:4455:6677")]
    public void The_sample_responses_of_rfc_5769_are_read(bool v6, string address)
    {
        using StunIntegrityKey key = new(Rfc5769Vectors.Password);

        Assert.True(StunMessage.TryParse(v6 ? Rfc5769Vectors.ResponseIPv6 : Rfc5769Vectors.ResponseIPv4, out StunMessage message));

        Assert.Equal(StunClass.SuccessResponse, message.Class);
        Assert.True(message.IsFingerprintValid());
        Assert.True(message.IsIntegrityValid(key));
        Assert.True(message.TryGetMappedAddress(out TransportAddress mapped));
        Assert.Equal(TransportAddress.From(IPAddress.Parse(address), 32853), mapped);
    }

    [Fact]
    public void Another_password_does_not_fit()
    {
        using StunIntegrityKey key = new(Rfc5769Vectors.Password + "x");
        Assert.True(StunMessage.TryParse(Rfc5769Vectors.Request, out StunMessage message));
        Assert.False(message.IsIntegrityValid(key));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < Rfc5769Vectors.Request.Length; length++)
            Assert.False(StunMessage.TryParse(Rfc5769Vectors.Request.AsSpan(0, length), out _));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        using StunIntegrityKey key = new(Rfc5769Vectors.Password);
        for (int bit = 0; bit < Rfc5769Vectors.Request.Length * 8; bit++)
        {
            byte[] bytes = [.. Rfc5769Vectors.Request];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            bool accepted = StunMessage.TryParse(bytes, out StunMessage message)
                && message.IsFingerprintValid() && message.IsIntegrityValid(key);
            Assert.False(accepted, $"bit {bit}");
        }
    }

    [Fact]
    public void Attributes_behind_the_integrity_are_not_believed()
    {
        byte[] bytes = new byte[StunConstants.MaximumLength];
        using StunIntegrityKey key = new("password");
        StunWriter writer = new(bytes, StunClass.Request, new byte[12]);
        writer.AddIntegrity(key);
        writer.AddUseCandidate();
        writer.AddUsername("a:b"u8);

        Assert.True(StunMessage.TryParse(bytes.AsSpan(0, writer.Length), out StunMessage message));

        Assert.True(message.IsIntegrityValid(key));
        Assert.False(message.UseCandidate);
        Assert.True(message.Username.IsEmpty);
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint()
    {
        byte[] bytes = new byte[StunConstants.MaximumLength];
        StunWriter writer = new(bytes, StunClass.Request, new byte[12]);
        writer.AddFingerprint();
        writer.AddUseCandidate();
        Assert.False(StunMessage.TryParse(bytes.AsSpan(0, writer.Length), out _));
    }

    [Fact]
    public void Unknown_attributes_that_must_be_understood_are_listed()
    {
        // Type 0x0033 must be understood, 0x8033 need not be.
        byte[] bytes = Convert.FromHexString("0001000C2112A442000000000000000000000000" + "0033000080330002ABCD0000");
        Assert.True(StunMessage.TryParse(bytes, out StunMessage message));
        Assert.Equal(1, message.Unknown.Count);
        Assert.Equal(0x33, message.Unknown[0]);
    }
}
