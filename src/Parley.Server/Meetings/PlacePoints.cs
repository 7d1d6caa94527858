using Parley.Routing.Directory;
using Parley.Routing.Planning;
using Parley.Routing.Regions;

namespace Parley.Server.Meetings;

/// <summary>Where on Earth people of a country are taken to be while nothing was measured: at the first region of the directory in their country.</summary>
internal static class PlacePoints
{
    /// <summary>The point; null when it cannot be told.</summary>
    public static GeoPoint? Of(string country, RegionDirectory directory) =>
        country != Countries.Unknown && directory.Regions.FirstOrDefault(region => region.Country == country && region.Latitude is not null && region.Longitude is not null) is { } region
            ? new GeoPoint(region.Latitude!.Value, region.Longitude!.Value)
            : CapitalPoints.Of(country);
}
