using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Ice;

/// <summary>One test per row of the table in <see cref="ConnectivityChecker"/>'s remarks, against a real agent.</summary>
public sealed class ConnectivityCheckerTests : IDisposable
{
    private static readonly TransportAddress Node = IceFixture.Address(100);

    private readonly IceFixture _ice = new();
    private readonly byte[] _request = new byte[StunConstants.MaximumLength];
    private readonly byte[] _response = new byte[StunConstants.MaximumLength];
    private readonly ConnectivityChecker _checker;
    private MonotonicTime _now;

    public ConnectivityCheckerTests()
    {
        _now = _ice.Now;
        _checker = new ConnectivityChecker(IceFixture.Remote, IceFixture.Local, Node, new SeededEntropy(1), _now);
    }

    [Fact]
    public void The_first_check_is_due_at_once_and_connects_both()
    {
        Assert.True(_checker.NextDeadline <= _now);
        Exchange();

        Assert.Equal(IceState.Connected, _checker.State);
        Assert.Equal(IceFixture.A, _checker.MappedAddress);
        Assert.Equal(TimeSpan.FromMilliseconds(20), _checker.RoundTrip);
        Assert.Equal(IceState.Connected, _ice.Agent.State);
        Assert.Equal(IceFixture.A, _ice.Agent.Selected);
    }

    [Fact]
    public void Unanswered_checks_slow_down_and_end_after_thirty_seconds()
    {
        MonotonicTime start = _now;
        List<long> times = [];
        while (_checker.NextDeadline != MonotonicTime.Never)
        {
            _now = MonotonicTime.Earlier(_checker.NextDeadline, _now + TimeSpan.FromMinutes(1));
            if (_checker.TryWriteCheck(_now, _request) > 0)
                times.Add((_now - start).Ticks / TimeSpan.TicksPerMillisecond);
            Assert.True(_checker.NextDeadline > _now);
        }

        Assert.Equal([0, 50, 150, 350, 750, 1550, 3150], times[..7]);
        Assert.InRange(times.Count, 20, 30);
        Assert.Equal(IceState.Disconnected, _checker.State);
        Assert.Equal(TimeSpan.FromSeconds(30), _now - start);
    }

    [Fact]
    public void Consent_is_renewed_every_four_to_six_seconds()
    {
        Exchange();
        for (int i = 0; i < 20; i++)
        {
            TimeSpan wait = _checker.NextDeadline - _now;
            Assert.InRange(wait.TotalSeconds, 4, 6);
            _now = _checker.NextDeadline;
            Exchange();
            Assert.Equal(IceState.Connected, _checker.State);
        }
    }

    [Fact]
    public void Connected_ends_thirty_seconds_after_the_last_answer()
    {
        Exchange();
        MonotonicTime answered = _now;
        while (_checker.NextDeadline != MonotonicTime.Never)
        {
            _now = _checker.NextDeadline;
            _checker.TryWriteCheck(_now, _request);
        }

        Assert.Equal(IceState.Disconnected, _checker.State);
        Assert.Equal(TimeSpan.FromSeconds(30), _now - answered);
    }

    [Fact]
    public void An_answer_with_another_password_or_from_elsewhere_or_twice_is_dropped()
    {
        int length = _checker.TryWriteCheck(_now, _request);
        byte[] forged = Respond(length, "another password");
        byte[] real = Respond(length, IceFixture.Local.Password);

        Assert.Equal(IceCheckOutcome.WrongPassword, _checker.HandleDatagram(forged, Node, _now, _response).Outcome);
        Assert.Equal(IceCheckOutcome.UnexpectedResponse, _checker.HandleDatagram(real, IceFixture.B, _now, _response).Outcome);
        Assert.Equal(IceState.Checking, _checker.State);
        Assert.Equal(IceCheckOutcome.ResponseAccepted, _checker.HandleDatagram(real, Node, _now, _response).Outcome);
        Assert.Equal(IceCheckOutcome.UnexpectedResponse, _checker.HandleDatagram(real, Node, _now, _response).Outcome);
    }

    [Fact]
    public void The_peers_own_checks_are_answered()
    {
        PeerCheck check = new() { Username = "peer:node", Password = IceFixture.Remote.Password, Controlled = true };

        IceCheckResult result = _checker.HandleDatagram(check.Write(), Node, _now, _response);

        Assert.Equal(IceCheckOutcome.Answered, result.Outcome);
        Assert.True(StunMessage.TryParse(_response.AsSpan(0, result.ResponseLength), out StunMessage response));
        Assert.Equal(StunClass.SuccessResponse, response.Class);
        Assert.Equal(
            IceCheckOutcome.RoleConflict, _checker.HandleDatagram((check with { Controlled = false }).Write(), Node, _now, _response).Outcome);
        Assert.Equal(
            IceCheckOutcome.WrongPassword, _checker.HandleDatagram((check with { Password = "x" }).Write(), Node, _now, _response).Outcome);
    }

    [Fact]
    public void Closed_does_nothing()
    {
        _checker.Dispose();
        Assert.Equal(0, _checker.TryWriteCheck(_now, _request));
        Assert.Equal(MonotonicTime.Never, _checker.NextDeadline);
        Assert.Equal(IceCheckOutcome.Closed, _checker.HandleDatagram(new PeerCheck().Write(), Node, _now, _response).Outcome);
    }

    public void Dispose()
    {
        _checker.Dispose();
        _ice.Dispose();
    }

    // One check to the agent and its answer back, 20 ms later.
    private void Exchange()
    {
        int length = _checker.TryWriteCheck(_now, _request);
        Assert.True(length > 0);
        IceCheckResult result = _ice.Agent.HandleCheck(_request.AsSpan(0, length), IceFixture.A, _now, _response);
        Assert.False(result.IsDrop);
        _now += TimeSpan.FromMilliseconds(20);
        byte[] answer = _response[..result.ResponseLength];
        Assert.Equal(IceCheckOutcome.ResponseAccepted, _checker.HandleDatagram(answer, Node, _now, _response).Outcome);
    }

    private byte[] Respond(int length, string password)
    {
        Assert.True(StunMessage.TryParse(_request.AsSpan(0, length), out StunMessage request));
        using StunIntegrityKey key = new(password);
        byte[] bytes = new byte[StunConstants.MaximumLength];
        StunWriter writer = new(bytes, StunClass.SuccessResponse, request.TransactionId);
        writer.AddXorMappedAddress(IceFixture.A);
        writer.AddIntegrity(key);
        writer.AddFingerprint();
        return bytes[..writer.Length];
    }
}
