using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Problems;

public class HostileJsonTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "10,000 arrays deep", "{\"title\":" + new string('[', 10_000) + new string(']', 10_000) + "}" },
        { "never closed", "{\"title\":" + new string('[', 60_000) },
        { "a number without end", "{\"title\":" + new string('9', 60_000) + "}" },
        { "10,000 names", "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(static number => $"\"n{number}\":1")) + "}" },
        { "half a surrogate pair", "{\"title\":\"\\ud800\"}" },
        { "prototype pollution", "{\"__proto__\":{\"admin\":true}}" },
        { "a comment", "{/* */}" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Any_JSON_that_does_not_fit_is_a_problem(string what, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await fixture.Node.Http.PostAsync("/api/v1/meetings", content);
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, what);
        string detail = await ProblemAssert.IsAsync(response, 400, "invalid-json");
        Assert.InRange(detail.Length, 10, 300);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_a_problem()
    {
        using ByteArrayContent content = new([.. "{\"title\":\""u8, 0xff, 0xfe, 0xc0, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await fixture.Node.Http.PostAsync("/api/v1/meetings", content);
        await ProblemAssert.IsAsync(response, 400, "invalid-json");
    }
}
