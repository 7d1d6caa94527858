using System.Net;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Problems;

namespace Parley.Server.Places;

/// <summary>In which country a client sits: what its address at the front door tells or, where the operator lets people pretend, what it says.</summary>
internal sealed class PlaceFinder(NodeOptions options, ICountryFinder countries)
{
    /// <summary>The country; <see cref="Countries.Unknown"/> when it is not known.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="pretended">What the client says; null: nothing.</param>
    /// <exception cref="ProblemException">Places cannot be pretended here, or it is no country.</exception>
    public string Find(IPAddress? address, string? pretended)
    {
        if (pretended is null)
            return countries.Find(address);
        if (!options.PretendedPlaces)
            throw FenceRefusals.PlaceNotAllowed();
        return pretended == Countries.Unknown || Countries.IsKnown(pretended) ? pretended : throw Refusals.BadField("place", "must be a country code of ISO 3166-1 in upper case, such as DE.");
    }
}
