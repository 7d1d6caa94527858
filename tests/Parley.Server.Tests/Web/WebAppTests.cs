using System.IO.Compression;
using System.Net;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Problems;

namespace Parley.Server.Tests.Web;

public sealed class WebAppTests : IAsyncLifetime
{
    private const string Page = "<!doctype html><title>Parley</title>";
    private static readonly string Script = string.Concat(Enumerable.Repeat("console.log('parley');\n", 200));

    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("parley-web-").FullName;
    private TestNode? _node;

    private HttpClient Http => _node!.Http;

    public async ValueTask InitializeAsync()
    {
        System.IO.Directory.CreateDirectory(Path.Combine(_root, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_root, "index.html"), Page);
        await File.WriteAllTextAsync(Path.Combine(_root, "assets", "app-1a2b3c.js"), Script);
        await File.WriteAllTextAsync(Path.Combine(_root, "app.webmanifest"), "{}");
        _node = await TestNode.StartAsync(options => options with { WebRoot = _root });
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        System.IO.Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/m/local-00000000000000000000")]
    [InlineData("/verify")]
    [InlineData("/admin")]
    public async Task Every_address_of_the_app_is_its_one_page(string address)
    {
        using HttpResponseMessage response = await Http.GetAsync(address);
        Assert.Equal(Page, await response.Content.ReadAsStringAsync());
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Files_named_after_their_content_are_kept_and_others_asked_for()
    {
        using HttpResponseMessage hashed = await Http.GetAsync("/assets/app-1a2b3c.js");
        Assert.Equal("public, max-age=31536000, immutable", hashed.Headers.CacheControl!.ToString());
        Assert.Equal("text/javascript", hashed.Content.Headers.ContentType!.MediaType);
        using HttpResponseMessage manifest = await Http.GetAsync("/app.webmanifest");
        Assert.True(manifest.Headers.CacheControl!.NoCache);
        Assert.Equal("application/manifest+json", manifest.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Scripts_come_compressed()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/assets/app-1a2b3c.js");
        request.Headers.Add("Accept-Encoding", "br");
        using HttpResponseMessage response = await Http.SendAsync(request);
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        await using BrotliStream plain = new(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using StreamReader reader = new(plain);
        Assert.Equal(Script, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_the_page()
    {
        using HttpResponseMessage response = await Http.GetAsync("/assets/app-old.js");
        await ProblemAssert.IsAsync(response, 404, "not-found");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
