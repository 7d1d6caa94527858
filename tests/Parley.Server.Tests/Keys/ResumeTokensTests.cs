using CsCheck;
using Parley.Server.Keys;

namespace Parley.Server.Tests.Keys;

public class ResumeTokensTests
{
    private static readonly ResumeFacts Facts = new("local-00000000000000000000", "p_abc", 17, 1_800_000_000_000);
    private readonly ResumeTokens _tokens = new(new byte[32]);

    [Fact]
    public void What_was_put_in_comes_out() => Assert.Equal(Facts, _tokens.Read(_tokens.Make(Facts)));

    [Fact]
    public void Another_nodes_token_is_nothing()
    {
        byte[] other = new byte[32];
        other[0] = 1;
        Assert.Null(new ResumeTokens(other).Read(_tokens.Make(Facts)));
    }

    [Fact]
    public void Anything_else_is_nothing_and_never_an_error() => Gen.String.Sample(text => _tokens.Read(text) is null, iter: 500);

    [Fact]
    public void A_changed_body_is_nothing()
    {
        string token = _tokens.Make(Facts);
        int dot = token.IndexOf('.', StringComparison.Ordinal);
        Gen.Int[0, dot - 1].Sample(at => _tokens.Read(token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..]) is null, iter: 200);
    }
}
