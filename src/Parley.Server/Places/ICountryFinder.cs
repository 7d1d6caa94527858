using System.Net;

namespace Parley.Server.Places;

/// <summary>Tells in which country an address is.</summary>
internal interface ICountryFinder
{
    /// <summary>The country, ISO 3166-1 alpha-2; <see cref="Routing.Regions.Countries.Unknown"/> when it is not known.</summary>
    string Find(IPAddress? address);
}
