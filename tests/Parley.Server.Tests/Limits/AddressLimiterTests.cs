using System.Diagnostics;
using System.Net;
using Parley.Server.Configuration;
using Parley.Server.Limits;
using Parley.Server.Problems;

namespace Parley.Server.Tests.Limits;

public sealed class AddressLimiterTests : IDisposable
{
    private static readonly IPAddress _guesser = IPAddress.Parse("192.0.2.7");
    private readonly AddressLimiter _limiter = new(new NodeOptions { Limits = new AddressLimits { UnknownLookupsPerMinute = 5, CreationsPerMinute = 2 } });

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task Who_has_guessed_too_often_stays_out_until_a_whole_guess_is_allowed_again()
    {
        for (int i = 0; i < 5; i++)
        {
            _limiter.CheckLookup(_guesser);
            _limiter.CountUnknown(_guesser);
        }

        // Long enough for parts of the next token to arrive, far from a whole one (10 s).
        for (Stopwatch watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < 400; await Task.Delay(20, TestContext.Current.CancellationToken))
            Assert.Equal("rate-limited", Assert.Throws<ProblemException>(() => _limiter.CheckLookup(_guesser)).Code);
        _limiter.CheckLookup(IPAddress.Parse("192.0.2.8"));
    }

    [Fact]
    public void Creations_are_counted_apart()
    {
        _limiter.CountCreation(_guesser);
        _limiter.CountCreation(_guesser);
        Assert.Equal("rate-limited", Assert.Throws<ProblemException>(() => _limiter.CountCreation(_guesser)).Code);
        _limiter.CheckLookup(_guesser);
    }
}
