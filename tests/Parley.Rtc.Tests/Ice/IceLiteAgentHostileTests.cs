using CsCheck;
using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Ice;

public sealed class IceLiteAgentHostileTests : IDisposable
{
    private readonly IceFixture _ice = new();

    public static TheoryData<IceCheckOutcome> Drops =>
        [IceCheckOutcome.UnknownUsername, IceCheckOutcome.WrongPassword, IceCheckOutcome.BadFingerprint, IceCheckOutcome.UnexpectedResponse];

    [Theory]
    [MemberData(nameof(Drops))]
    public void What_is_not_authenticated_is_answered_with_nothing(IceCheckOutcome expected)
    {
        PeerCheck valid = new() { Nominates = true };
        PeerCheck check = expected switch
        {
            IceCheckOutcome.UnknownUsername => valid with { Username = "node:other" },
            IceCheckOutcome.WrongPassword => valid with { Password = "guessed" },
            IceCheckOutcome.BadFingerprint => valid with { Fingerprint = false },
            _ => valid with { Class = StunClass.SuccessResponse },
        };

        IceCheckResult result = _ice.Check(IceFixture.A, check);

        Assert.Equal(new IceCheckResult(expected), result);
        Assert.True(result.IsDrop);
        Assert.Equal(IceState.New, _ice.Agent.State);
        Assert.False(_ice.Agent.IsValidated(IceFixture.A));
    }

    [Theory]
    [InlineData(null, IceCheckOutcome.WrongPassword)]
    [InlineData("", IceCheckOutcome.WrongPassword)]
    public void A_missing_or_empty_password_is_wrong(string? password, IceCheckOutcome expected) =>
        Assert.Equal(expected, _ice.Check(IceFixture.A, new PeerCheck { Password = password }).Outcome);

    [Theory]
    [InlineData("node")]
    [InlineData(":")]
    [InlineData("node:peer:x")]
    [InlineData("peer:node")]
    public void A_username_must_name_both_sides(string username) =>
        Assert.Equal(IceCheckOutcome.UnknownUsername, _ice.Check(IceFixture.A, new PeerCheck { Username = username }).Outcome);

    [Fact]
    public void An_indication_is_no_consent()
    {
        IceCheckResult result = _ice.Check(IceFixture.A, new PeerCheck { Class = StunClass.Indication });
        Assert.Equal(new IceCheckResult(IceCheckOutcome.Indication), result);
        Assert.False(_ice.Agent.IsValidated(IceFixture.A));
    }

    [Fact]
    public void An_unknown_attribute_is_named_in_the_answer()
    {
        byte[] bytes = new byte[StunConstants.MaximumLength];
        using StunIntegrityKey key = new(IceFixture.Local.Password);
        UnknownAttributeList none = default;
        StunWriter writer = new(bytes, StunClass.Request, new byte[12]);
        writer.AddUsername("node:peer"u8);
        int at = writer.Length;
        writer.AddUnknownAttributes(none);
        bytes[at + 1] = 0x33;
        writer.AddIntegrity(key);
        writer.AddFingerprint();
        byte[] response = new byte[StunConstants.MaximumLength];

        IceCheckResult result = _ice.Agent.HandleCheck(bytes.AsSpan(0, writer.Length), IceFixture.A, _ice.Now, response);

        Assert.Equal(IceCheckOutcome.UnknownAttribute, result.Outcome);
        Assert.True(StunMessage.TryParse(response.AsSpan(0, result.ResponseLength), out StunMessage answer));
        Assert.Equal(420, answer.ErrorCode);
        Assert.False(_ice.Agent.IsValidated(IceFixture.A));
    }

    [Fact]
    public void Validated_sources_are_bounded_and_the_selected_one_stays()
    {
        _ice.Nominate(IceFixture.A);
        for (byte i = 10; i < 17; i++)
        {
            _ice.Pass(1);
            Assert.Null(_ice.Check(IceFixture.Address(i)).Forgotten);
        }

        _ice.Pass(1);
        Assert.Equal(IceFixture.Address(10), _ice.Check(IceFixture.Address(20)).Forgotten);
        Assert.Equal(IceFixture.Address(11), _ice.Check(IceFixture.Address(21)).Forgotten);
        Assert.True(_ice.Agent.IsValidated(IceFixture.A));
        Assert.False(_ice.Agent.IsValidated(IceFixture.Address(10)));
        Assert.True(_ice.Agent.IsValidated(IceFixture.Address(20)));
    }

    [Fact]
    public void Mutated_checks_never_throw_and_never_nominate()
    {
        byte[] valid = new PeerCheck { Nominates = true }.Write();
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte[1, 255], Gen.Int[0, valid.Length]).Sample(
            (at, change, length) =>
            {
                using IceFixture ice = new();
                byte[] mutated = [.. valid];
                mutated[at] ^= change;
                byte[] response = new byte[StunConstants.MaximumLength];
                IceCheckResult result = ice.Agent.HandleCheck(mutated, IceFixture.A, ice.Now, response);
                Assert.Equal(0, result.ResponseLength);
                Assert.Null(ice.Agent.Selected);
                ice.Agent.HandleCheck(mutated.AsSpan(0, length), IceFixture.A, ice.Now, response);
                Assert.Null(ice.Agent.Selected);
            },
            iter: 2_000);
    }

    [Fact]
    public void Checks_and_floods_allocate_nothing()
    {
        byte[] valid = new PeerCheck { Nominates = true }.Write();
        byte[] wrong = new PeerCheck { Password = "guessed" }.Write();
        byte[] response = new byte[StunConstants.MaximumLength];
        TransportAddress source = IceFixture.A;
        for (int i = 0; i < 200; i++)
        {
            _ice.Agent.HandleCheck(valid, source, _ice.Now, response);
            _ice.Agent.HandleCheck(wrong, source, _ice.Now, response);
        }

        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                _ice.Agent.HandleCheck(valid, source, _ice.Now, response);
                _ice.Agent.HandleCheck(wrong, source, _ice.Now, response);
            }
        });
        Assert.Equal(0, allocated);
    }

    public void Dispose() => _ice.Dispose();
}
