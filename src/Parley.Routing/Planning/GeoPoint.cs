namespace Parley.Routing.Planning;

/// <summary>A place on the Earth.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    // The mean radius R1 of the WGS 84 ellipsoid.
    private const double EarthRadius = 6_371.0088;

    /// <summary>Whether both angles are within their bounds.</summary>
    public bool IsValid => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>The great-circle distance in kilometres (haversine formula on a sphere: at most 0.5 % off).</summary>
    public double DistanceTo(GeoPoint other)
    {
        double vertical = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        double horizontal = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        double chord = vertical * vertical
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * horizontal * horizontal;
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }
}
