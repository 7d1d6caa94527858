using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Stun;

public class StunProperties
{
    private static readonly Gen<TransportAddress> GenAddress = Gen.Select(
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.UShort, (bytes, port) => TransportAddress.FromBytes(bytes, port));

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(Gen.Byte.Array[12], Gen.Byte.Array[1, 60], Gen.UInt, Gen.ULong, Gen.Bool, GenAddress).Sample(
            (id, username, priority, tieBreaker, use, address) =>
            {
                byte[] bytes = new byte[StunConstants.MaximumLength];
                using StunIntegrityKey key = new("a password of 22 chars");
                StunWriter writer = new(bytes, StunClass.Request, id);
                writer.AddUsername(username);
                writer.AddPriority(priority);
                writer.AddNomination(priority / 2);
                writer.AddControlling(tieBreaker);
                if (use)
                    writer.AddUseCandidate();
                writer.AddXorMappedAddress(address);
                writer.AddIntegrity(key);
                writer.AddFingerprint();

                Assert.True(StunMessage.TryParse(bytes.AsSpan(0, writer.Length), out StunMessage message));
                Assert.Equal(StunClass.Request, message.Class);
                Assert.Equal(id, message.TransactionId.ToArray());
                Assert.Equal(username, message.Username.ToArray());
                Assert.Equal(priority, message.Priority);
                Assert.Equal(priority / 2, message.Nomination);
                Assert.Equal(tieBreaker, message.TieBreaker);
                Assert.Equal(use, message.UseCandidate);
                Assert.True(message.TryGetMappedAddress(out TransportAddress mapped));
                Assert.Equal(address, mapped);
                Assert.True(message.IsFingerprintValid());
                Assert.True(message.IsIntegrityValid(key));
            },
            iter: 2_000);

    [Fact]
    public void An_error_is_read_again() =>
        Gen.Select(Gen.Int[300, 699], Gen.Byte.Array[12]).Sample(
            (code, id) =>
            {
                byte[] bytes = new byte[StunConstants.MaximumLength];
                StunWriter writer = new(bytes, StunClass.ErrorResponse, id);
                writer.AddErrorCode(code, "Why");
                Assert.True(StunMessage.TryParse(bytes.AsSpan(0, writer.Length), out StunMessage message));
                Assert.Equal(StunClass.ErrorResponse, message.Class);
                Assert.Equal(code, message.ErrorCode);
            },
            iter: 500);

    [Fact]
    public void Any_bytes_are_read_without_an_exception() => Gen.Byte.Array[0, 120].Sample(Read, iter: 20_000);

    [Fact]
    public void Any_mutation_of_a_message_is_read_without_an_exception() =>
        Gen.Select(Gen.OneOf(Gen.Const(Rfc5769Vectors.Request), Gen.Const(Rfc5769Vectors.ResponseIPv6)), Gen.Select(Gen.Int[0, 200], Gen.Byte).Array[1, 6])
            .Sample(
                (bytes, changes) =>
                {
                    byte[] mutated = [.. bytes];
                    foreach ((int at, byte value) in changes)
                        mutated[at % mutated.Length] = value;
                    Read(mutated);
                },
                iter: 20_000);

    [Fact]
    public void A_span_too_small_gives_no_message() =>
        Gen.Int[0, 100].Sample(
            room =>
            {
                StunWriter writer = new(new byte[room], StunClass.Request, new byte[12]);
                writer.AddUsername(new byte[40]);
                writer.AddXorMappedAddress(default);
                writer.AddErrorCode(487, "Role Conflict");
                writer.AddFingerprint();
                Assert.Equal(0, writer.Length);
            },
            iter: 200);

    private static void Read(byte[] bytes)
    {
        if (!StunMessage.TryParse(bytes, out StunMessage message))
            return;
        _ = message.Class;
        _ = message.Method;
        _ = message.Username.Length + message.TransactionId.Length;
        _ = message.Priority + message.Nomination;
        _ = message.TieBreaker;
        _ = message.ErrorCode;
        _ = message.TryGetMappedAddress(out _);
        _ = message.IsFingerprintValid();
        using StunIntegrityKey key = new("x");
        _ = message.IsIntegrityValid(key);
    }
}
