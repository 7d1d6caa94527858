using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Configuration;
using Parley.Server.Limits;
using Parley.Server.Problems;

namespace Parley.Server.Tests.Limits;

public sealed class AddressLimiterTests
{
    private static readonly IPAddress _guesser = IPAddress.Parse("192.0.2.7");
    private readonly FakeTimeProvider _time = new();
    private readonly AddressLimiter _limiter;

    public AddressLimiterTests() =>
        _limiter = new(new NodeOptions { Limits = new AddressLimits { UnknownLookupsPerMinute = 5, CreationsPerMinute = 2, LoopbackFactor = 3 } }, _time);

    [Fact]
    public void Who_has_guessed_too_often_stays_out_until_a_whole_guess_is_allowed_again()
    {
        Guess(_guesser, 5);
        // Parts of the next guess grow back all the time; a whole one takes 12 s.
        for (int tenths = 0; tenths < 119; tenths++)
        {
            Assert.Equal("rate-limited", Assert.Throws<ProblemException>(() => _limiter.CheckLookup(_guesser)).Code);
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        _limiter.CheckLookup(IPAddress.Parse("192.0.2.8"));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Guess(_guesser, 1);
        Assert.Throws<ProblemException>(() => _limiter.CheckLookup(_guesser));
    }

    [Fact]
    public void Creations_are_counted_apart()
    {
        _limiter.CountCreation(_guesser);
        _limiter.CountCreation(_guesser);
        Assert.Equal("rate-limited", Assert.Throws<ProblemException>(() => _limiter.CountCreation(_guesser)).Code);
        _limiter.CheckLookup(_guesser);
    }

    [Fact]
    public void This_machine_may_do_a_multiple()
    {
        Guess(IPAddress.Loopback, 15);
        Assert.Throws<ProblemException>(() => _limiter.CheckLookup(IPAddress.Loopback));
    }

    private void Guess(IPAddress address, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _limiter.CheckLookup(address);
            _limiter.CountUnknown(address);
        }
    }
}
