using Parley.Routing.Directory;
using Parley.Routing.Planning;
using Parley.Routing.Regions;

namespace Parley.Server.Meetings;

/// <summary>Where on Earth people of a country are taken to be while nothing was measured: at the first region of the directory in their country.</summary>
internal static class PlacePoints
{
    /// <summary>The point; null when it cannot be told.</summary>
    public static GeoPoint? Of(string country, RegionDirectory directory) => country == Countries.Unknown
        ? null
        : directory.Regions.Where(region => region.Country == country).Select(OfRegion).FirstOrDefault(static point => point is not null);

    /// <summary>Where a region stands; null when it cannot be told.</summary>
    public static GeoPoint? OfRegion(Region? region) =>
        region is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null;
}
