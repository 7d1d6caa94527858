using System.Text.Json;
using CsCheck;
using Parley.Routing.Geofences;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Storage;

public class GeofenceTextTests
{
    private static readonly string[] Some = ["country:DE", "group:EEA", "region:eu-fra", "operator:US", "\u00e4\"\\"];

    private static readonly Gen<string[]?> Selectors = Gen.Int[-1, 4].SelectMany(static length =>
        length < 0 ? Gen.Const((string[]?)null) : Gen.Int[0, Some.Length - 1].Select(static index => Some[index]).Array[length].Select(static list => (string[]?)list));

    [Fact]
    public void What_is_written_is_read() => Gen.Select(Selectors, Selectors).Sample((allow, deny) =>
    {
        Geofence read = GeofenceText.Read(GeofenceText.Write(new Geofence { Allow = allow, Deny = deny }));
        Assert.Equal(allow, read.Allow);
        Assert.Equal(deny, read.Deny);
    }, iter: 500);

    [Fact]
    public void An_open_one_is_an_empty_object()
    {
        Assert.Equal("{}", GeofenceText.Write(Geofence.Open));
        Assert.True(GeofenceText.Read("{}").IsOpen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"allow\":\"country:DE\"}")]
    [InlineData("{\"alow\":[\"country:DE\"]}")]
    public void What_cannot_be_read_is_no_open_fence(string text) => Assert.ThrowsAny<JsonException>(() => GeofenceText.Read(text));
}
