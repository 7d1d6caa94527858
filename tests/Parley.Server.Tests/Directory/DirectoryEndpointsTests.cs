using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Parley.Routing.Directory;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Directory;

public class DirectoryEndpointsTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task It_names_the_region_and_the_node_and_is_signed()
    {
        JsonElement view = await fixture.Node.Http.GetFromJsonAsync<JsonElement>("/api/v1/directory");
        Assert.Equal("local", Assert.Single(view.GetProperty("regions").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(fixture.Node.Node.NodeId, Assert.Single(view.GetProperty("nodes").EnumerateArray()).GetProperty("id").GetString());

        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(view.GetProperty("operatorKey").GetString()), out _);
        Assert.True(DirectorySigner.TryVerify(view.GetProperty("signed").GetString()!, key, out RegionDirectory? signed, out string? reason), reason);
        Assert.Equal(view.GetProperty("version").GetInt64(), signed!.Version);
        Assert.Equal("local", signed.Nodes[0].Region);
    }
}
