using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Parley.Routing.Directory;

namespace Parley.Routing.Tests.Vectors;

/// <summary>What the node's code says of the vectors that the web client is tested with; the client names the failures more finely.</summary>
public sealed class RouteProofVectorTests : IDisposable
{
    private readonly RouteProofVectors _vectors;
    private readonly ECDsa _operator = ECDsa.Create();

    public RouteProofVectorTests()
    {
        if (Environment.GetEnvironmentVariable("PARLEY_WRITE_VECTORS") is { Length: > 0 } folder)
        {
            using RouteProofMaker maker = new();
            _vectors = maker.Make();
            File.WriteAllText(Path.Combine(folder, "route-proof.json"), JsonSerializer.Serialize(_vectors, VectorFile.Options) + "\n");
        }
        else
        {
            _vectors = VectorFile.Read<RouteProofVectors>("route-proof.json");
        }

        _operator.ImportSubjectPublicKeyInfo(Base64Url.DecodeFromChars(_vectors.OperatorKey), out _);
    }

    public void Dispose() => _operator.Dispose();

    [Fact]
    public void The_hash_is_that_of_the_operator_key() =>
        Assert.Equal(_vectors.OperatorKeyHash, Base64Url.EncodeToString(SHA256.HashData(_operator.ExportSubjectPublicKeyInfo())));

    [Fact]
    public void A_keeper_takes_exactly_the_directories_that_have_no_failure()
    {
        foreach (RouteProofVectors.DirectoryVector vector in _vectors.Directories)
            Assert.Equal((vector.Name, vector.Failure is null), (vector.Name, new DirectoryKeeper(_operator).Accept(vector.Signed, _vectors.Now) is null));
    }

    [Fact]
    public void Exactly_the_statements_without_a_failure_verify()
    {
        Assert.True(DirectorySigner.TryVerify(_vectors.Directories[0].Signed, _operator, out RegionDirectory? directory, out string? reason), reason);
        foreach (RouteProofVectors.StatementVector vector in _vectors.Statements)
        {
            bool verifies = NodeStatementSigner.TryVerify(vector.Statement, vector.Node, directory!, _vectors.Now, out _, out _);
            Assert.Equal((vector.Name, vector.Failure is null), (vector.Name, verifies));
        }
    }
}
