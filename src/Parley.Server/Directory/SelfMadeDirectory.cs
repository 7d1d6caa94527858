using System.Net;
using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Keys;

namespace Parley.Server.Directory;

/// <summary>The directory of a node that is its own operator: one region, one node. Its version is the time of the start: it rises with every start, and the content only changes at one.</summary>
internal static class SelfMadeDirectory
{
    /// <summary>Makes and signs it, at a time in seconds since 1970 in UTC.</summary>
    public static string Make(NodeOptions options, NodeKeys keys, long now) => DirectorySigner.Sign(
        new RegionDirectory
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
            Nodes =
            [
                new Node { Id = keys.NodeId, Region = options.Region, Key = keys.NodePublic, Roles = [Node.ControlRole, Node.MediaRole], FrontDoor = FrontDoor(options) },
            ],
        },
        keys.Operator!);

    // A free port is not known before the start; and nobody needs to be told the way who is here already.
    private static string? FrontDoor(NodeOptions options)
    {
        if (options.FrontDoor.Length > 0)
            return options.FrontDoor.TrimEnd('/');
        Uri http = new(options.Http);
        bool isAnywhere = OptionsChecks.TryGetAddress(http, out IPAddress? address) && (address!.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return http.Port == 0 || isAnywhere ? null : http.GetLeftPart(UriPartial.Authority);
    }
}
