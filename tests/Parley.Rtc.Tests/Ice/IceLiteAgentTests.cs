using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Ice;

/// <summary>One test per row of the table in <see cref="IceLiteAgent"/>'s remarks.</summary>
public sealed class IceLiteAgentTests : IDisposable
{
    private readonly IceFixture _ice = new();

    private static TransportAddress A => IceFixture.A;

    private static TransportAddress B => IceFixture.B;

    [Fact]
    public void New_takes_a_check_and_validates_its_source()
    {
        Assert.False(_ice.Agent.IsValidated(A));

        IceCheckResult result = _ice.Check(A);

        Assert.Equal(IceCheckOutcome.Answered, result.Outcome);
        Assert.True(result.NewlyValidated);
        Assert.Equal(IceState.Checking, _ice.Agent.State);
        Assert.True(_ice.Agent.IsValidated(A));
        Assert.False(_ice.Agent.IsValidated(B));
        Assert.Null(_ice.Agent.Selected);
    }

    [Fact]
    public void The_response_is_signed_and_tells_the_source()
    {
        IceCheckResult result = _ice.Check(A);

        Assert.True(StunMessage.TryParse(_ice.Response[..result.ResponseLength], out StunMessage response));
        using StunIntegrityKey key = new(IceFixture.Local.Password);
        Assert.Equal(StunClass.SuccessResponse, response.Class);
        Assert.Equal("transaction1"u8.ToArray(), response.TransactionId.ToArray());
        Assert.True(response.IsFingerprintValid());
        Assert.True(response.IsIntegrityValid(key));
        Assert.True(response.TryGetMappedAddress(out TransportAddress mapped));
        Assert.Equal(A, mapped);
    }

    [Fact]
    public void New_takes_a_nomination_at_once()
    {
        Assert.Equal(IceCheckOutcome.Nominated, _ice.Nominate(A).Outcome);
        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(A, _ice.Agent.Selected);
    }

    [Fact]
    public void Checking_goes_on_until_nominated()
    {
        _ice.Check(A);
        Assert.False(_ice.Check(A).NewlyValidated);
        Assert.Equal(IceState.Checking, _ice.Agent.State);
        _ice.Nominate(B);
        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(B, _ice.Agent.Selected);
    }

    [Fact]
    public void Connected_renews_consent_by_checks_of_the_selected_pair()
    {
        _ice.Nominate(A);
        for (int i = 0; i < 5; i++)
        {
            _ice.Pass(20);
            Assert.Equal(IceCheckOutcome.Answered, _ice.Check(A).Outcome);
        }

        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(_ice.Now + IceTiming.Consent, _ice.Agent.NextDeadline);
    }

    [Fact]
    public void Connected_follows_the_latest_nomination()
    {
        _ice.Nominate(A);
        Assert.Equal(IceCheckOutcome.Nominated, _ice.Nominate(B).Outcome);
        Assert.Equal(B, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.Nominated, _ice.Nominate(A).Outcome);
        Assert.Equal(A, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.Answered, _ice.Nominate(A).Outcome);
        Assert.True(_ice.Agent.IsValidated(B));
    }

    [Fact]
    public void Connected_is_not_kept_alive_by_another_pair()
    {
        _ice.Nominate(A);
        _ice.Pass(20);
        _ice.Check(B);
        _ice.Pass(11);
        Assert.Equal(IceState.Disconnected, _ice.Agent.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Thirty_seconds_without_a_nomination_disconnect(bool withChecks)
    {
        if (withChecks)
            _ice.Check(A);
        _ice.Pass(29.9);
        Assert.NotEqual(IceState.Disconnected, _ice.Agent.State);
        _ice.Pass(0.1);
        Assert.Equal(IceState.Disconnected, _ice.Agent.State);
    }

    [Fact]
    public void Connected_loses_consent_after_thirty_seconds()
    {
        _ice.Nominate(A);
        _ice.Pass(29.9);
        Assert.Equal(IceState.Connected, _ice.Agent.State);
        _ice.Pass(0.1);
        Assert.Equal(IceState.Disconnected, _ice.Agent.State);
        Assert.Equal(MonotonicTime.Never, _ice.Agent.NextDeadline);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Disconnected_is_revived(bool selectedPair, bool nomination)
    {
        _ice.Nominate(A);
        _ice.Pass(31);
        _ice.Check(selectedPair ? A : B, new PeerCheck { Nominates = nomination });
        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(selectedPair ? A : B, _ice.Agent.Selected);
    }

    [Fact]
    public void Disconnected_is_not_revived_by_another_pair()
    {
        _ice.Nominate(A);
        _ice.Pass(31);
        Assert.Equal(IceCheckOutcome.Answered, _ice.Check(B).Outcome);
        Assert.Equal(IceState.Disconnected, _ice.Agent.State);
    }

    [Fact]
    public void A_restart_keeps_the_old_pair_until_the_new_one_is_nominated()
    {
        _ice.Nominate(A);
        _ice.Agent.Restart(IceFixture.NewLocal, IceFixture.NewRemote, _ice.Now);

        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(A, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.Answered, _ice.Check(A).Outcome);
        Assert.Equal(IceCheckOutcome.Answered, _ice.Check(B, PeerCheck.WithNewCredentials).Outcome);
        Assert.Equal(A, _ice.Agent.Selected);

        Assert.Equal(IceCheckOutcome.Nominated, _ice.Check(B, PeerCheck.WithNewCredentials with { Nominates = true }).Outcome);
        Assert.Equal(B, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.UnknownUsername, _ice.Check(A).Outcome);
        Assert.True(_ice.Agent.IsValidated(A));
    }

    [Fact]
    public void New_credentials_before_a_restart_are_unknown() =>
        Assert.Equal(IceCheckOutcome.UnknownUsername, _ice.Check(A, PeerCheck.WithNewCredentials).Outcome);

    [Fact]
    public void A_controlled_peer_is_told_of_the_conflict_with_integrity()
    {
        IceCheckResult result = _ice.Check(A, new PeerCheck { Controlled = true, Nominates = true });

        Assert.Equal(IceCheckOutcome.RoleConflict, result.Outcome);
        Assert.False(result.IsDrop);
        Assert.True(StunMessage.TryParse(_ice.Response[..result.ResponseLength], out StunMessage response));
        using StunIntegrityKey key = new(IceFixture.Local.Password);
        Assert.Equal(StunClass.ErrorResponse, response.Class);
        Assert.Equal(487, response.ErrorCode);
        Assert.True(response.IsIntegrityValid(key));
        Assert.Equal(IceState.New, _ice.Agent.State);
        Assert.False(_ice.Agent.IsValidated(A));
    }

    [Fact]
    public void Numbered_nominations_that_were_overtaken_do_not_count()
    {
        _ice.Check(A, new PeerCheck { Nomination = 2 });
        Assert.Equal(A, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.Answered, _ice.Check(B, new PeerCheck { Nomination = 1, Nominates = true }).Outcome);
        Assert.Equal(A, _ice.Agent.Selected);
        Assert.Equal(IceCheckOutcome.Nominated, _ice.Check(B, new PeerCheck { Nomination = 3 }).Outcome);
        Assert.Equal(B, _ice.Agent.Selected);
    }

    [Fact]
    public void Closed_answers_nothing()
    {
        _ice.Nominate(A);
        _ice.Agent.Dispose();
        Assert.Equal(new IceCheckResult(IceCheckOutcome.Closed), _ice.Nominate(A));
        Assert.Equal(IceState.Closed, _ice.Agent.State);
        Assert.Equal(MonotonicTime.Never, _ice.Agent.NextDeadline);
        Assert.False(_ice.Agent.IsValidated(A));
    }

    public void Dispose() => _ice.Dispose();
}
