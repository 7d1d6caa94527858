using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Keys;

namespace Parley.Server.Directory;

/// <summary>The directory of a node that is its own operator: one region, one node, signed with the operator key of its data directory.</summary>
internal sealed class SelfMadeDirectory
{
    /// <summary>Makes and signs the directory.</summary>
    public SelfMadeDirectory(NodeOptions options, NodeKeys keys, TimeProvider time)
    {
        // The time of the start as version: it rises with every start, and the content only changes at one.
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        RegionDirectory directory = new()
        {
            Version = now,
            Issued = now,
            Regions =
            [
                new Region
                {
                    Id = options.Region,
                    Name = options.RegionName.Length > 0 ? options.RegionName : options.Region,
                    City = options.RegionCity,
                    Country = options.RegionCountry,
                    Operator = options.Operator,
                    OperatorCountry = options.RegionCountry,
                },
            ],
            Nodes = [new Node { Id = keys.NodeId, Region = options.Region, Key = keys.NodePublic, Roles = ["control", "media"] }],
        };
        View = new DirectoryView(
            directory.Version, directory.Issued, directory.Regions, directory.Nodes, DirectorySigner.Sign(directory, keys.Operator), keys.OperatorPublic);
    }

    /// <summary>The directory as the API shows it.</summary>
    public DirectoryView View { get; }
}
