using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Cli.Keys;
using Parley.Routing.Directory;
using Parley.Server.Keys;

namespace Parley.Cli.Tests.Keys;

public sealed class KeyTasksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-keys-").FullName;
    private readonly StringWriter _printed = new();

    private string Offline => Path.Combine(_folder, "offline");

    private string Fra => Path.Combine(_folder, "fra");

    private string Draft => Path.Combine(_folder, "regions.json");

    private string Signed => Path.Combine(_folder, "directory.signed");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _printed.Dispose();
    }

    [Fact]
    public void Keys_are_their_owners_alone_and_stay_as_they_are()
    {
        KeyTasks.MakeOperator(Offline, _printed);
        KeyTasks.MakeNode(Fra, "eu-fra", _printed);
        string first = _printed.ToString();
        _printed.GetStringBuilder().Clear();
        KeyTasks.MakeOperator(Offline, _printed);
        KeyTasks.MakeNode(Fra, "eu-fra", _printed);
        Assert.Equal(first, _printed.ToString());
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in (string[])[Path.Combine(Offline, "keys", "operator.pem"), Path.Combine(Fra, "keys", "node.pem")])
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        _printed.GetStringBuilder().Clear();
        KeyTasks.Show(Offline, _printed);
        using OperatorDesk desk = OperatorDesk.Open(Offline, make: false);
        Assert.Contains($"#k={PublicKeys.LinkHash(desk.PublicKey)}", _printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_directory_holds_against_the_operator_key_and_its_version_rises()
    {
        Prepare();
        Assert.Equal(1, Read().Version);
        KeyTasks.Sign(Offline, Draft, Signed, _printed);
        RegionDirectory second = Read();
        Assert.Equal(2, second.Version);
        Assert.Equal(30 * 24 * 3600, second.Expires - second.Issued);
        Assert.Equal(["DE"], second.FindRegion("eu-fra")!.ServesOnly);
        Assert.Equal("fra.example.org:7443", second.FindNode("fra-1")!.Control);

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, "certificates", "fra-1.crt"));
        Assert.Equal(second.FindNode("fra-1")!.Key, PublicKeys.Write(certificate));
    }

    [Fact]
    public void A_rotation_lists_both_keys_and_a_revocation_ends_the_old_one()
    {
        Prepare();
        string old = Read().FindNode("fra-1")!.Key;
        KeyTasks.Rotate(Fra, "eu-fra", _printed);
        using ECDsa next = KeyFolder.Open(Fra).OpenNext();
        string both = File.ReadAllText(Draft).Replace("\"nodes\": [", $"\"nodes\": [ {{ \"id\": \"fra-2\", \"region\": \"eu-fra\", \"key\": \"{PublicKeys.Write(next)}\", \"roles\": [\"control\", \"media\"] }},", StringComparison.Ordinal);
        File.WriteAllText(Draft, both);
        KeyTasks.Sign(Offline, Draft, Signed, _printed);
        Assert.NotNull(Read().FindNode("fra-1"));
        Assert.NotNull(Read().FindNode("fra-2"));

        KeyTasks.Revoke(Offline, Draft, Signed, "fra-1", _printed);
        RegionDirectory last = Read();
        Assert.Equal(3, last.Version);
        Assert.Null(last.FindNode("fra-1"));
        Assert.Equal([old], last.Revoked);
        Assert.Equal("fra-2", Assert.Single(last.Nodes).Id);
        Assert.Throws<InvalidDataException>(() => KeyTasks.Revoke(Offline, Draft, Signed, "fra-1", _printed));
    }

    [Fact]
    public void What_is_wrong_is_said_and_nothing_is_signed()
    {
        Prepare();
        string good = File.ReadAllText(Draft);
        AssertRefused(good.Replace("servesOnly", "serveOnly", StringComparison.Ordinal), "serveOnly");
        AssertRefused(good.Replace("\"region\": \"eu-fra\"", "\"region\": \"eu-far\"", StringComparison.Ordinal), "which the directory does not list");
        AssertRefused(good.Replace("\"key\": \"", "\"key\": \"x", StringComparison.Ordinal), "is no public key");
        AssertRefused("{", "regions.json");
        Assert.Equal(1, Read().Version);
        Assert.Throws<InvalidDataException>(() => KeyTasks.Sign(Fra, Draft, Signed, _printed));

        File.WriteAllText(Draft, good);

        // Another operator key would begin again at version 1.
        File.WriteAllText(Path.Combine(Offline, "directory.signed"), "x.y");
        InvalidDataException lost = Assert.Throws<InvalidDataException>(() => KeyTasks.Sign(Offline, Draft, Signed, _printed));
        Assert.Contains("must not be used twice", lost.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string draft, string reason)
    {
        File.WriteAllText(Draft, draft);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => KeyTasks.Sign(Offline, Draft, Signed, _printed));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private void Prepare()
    {
        KeyTasks.MakeOperator(Offline, _printed);
        KeyTasks.MakeNode(Fra, "eu-fra", _printed);
        using ECDsa node = KeyFolder.Open(Fra).OpenNode();
        File.WriteAllText(Draft, $$"""
            {
              // Comments and trailing commas are welcome.
              "validDays": 30,
              "regions": [
                { "id": "eu-fra", "name": "Frankfurt", "city": "Frankfurt", "country": "DE", "latitude": 50.1, "longitude": 8.7, "operator": "us", "operatorCountry": "DE", "servesOnly": ["DE"] },
              ],
              "nodes": [
                { "id": "fra-1", "region": "eu-fra", "key": "{{PublicKeys.Write(node)}}", "roles": ["control", "media"], "frontDoor": "https://fra.example.org", "control": "fra.example.org:7443" },
              ],
            }
            """);
        KeyTasks.Sign(Offline, Draft, Signed, _printed);
    }

    private RegionDirectory Read()
    {
        using ECDsa key = PublicKeys.ReadFile(Path.Combine(Offline, "operator.pub.pem"));
        Assert.True(DirectorySigner.TryVerify(File.ReadAllText(Signed), key, out RegionDirectory? directory, out string? reason), reason);
        return directory!;
    }
}
