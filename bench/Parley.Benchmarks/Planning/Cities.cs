using Parley.Routing.Planning;

namespace Parley.Benchmarks.Planning;

/// <summary>Where people are: sixty large cities, drawn with weights near their metropolitan populations in millions.</summary>
internal static class Cities
{
    private const string Table = """
        Tokyo 35.68 139.69 37|Delhi 28.61 77.21 32|Shanghai 31.23 121.47 28|Sao-Paulo -23.55 -46.63 22|Mexico-City 19.43 -99.13 22|Cairo 30.04 31.24 21|Mumbai 19.08 72.88 21|Dhaka 23.81 90.41 22
        Osaka 34.69 135.50 19|New-York 40.71 -74.01 19|Karachi 24.86 67.01 17|Buenos-Aires -34.60 -58.38 15|Istanbul 41.01 28.98 15|Lagos 6.52 3.38 15|Manila 14.60 120.98 14|Rio -22.91 -43.17 13
        Los-Angeles 34.05 -118.24 12|Moscow 55.76 37.62 12|Bangalore 12.97 77.59 13|Paris 48.86 2.35 11|Bogota 4.71 -74.07 11|Jakarta -6.21 106.85 11|Lima -12.05 -77.04 11|Bangkok 13.76 100.50 11
        Seoul 37.57 126.98 10|London 51.51 -0.13 10|Tehran 35.69 51.39 9|Chicago 41.88 -87.63 9|Ho-Chi-Minh 10.82 106.63 9|Hong-Kong 22.32 114.17 7|Kuala-Lumpur 3.14 101.69 8|Riyadh 24.71 46.68 7
        Santiago -33.45 -70.67 7|Madrid 40.42 -3.70 7|Toronto 43.65 -79.38 6|Singapore 1.35 103.82 6|Dallas 32.78 -96.80 6|Johannesburg -26.20 28.05 6|Nairobi -1.29 36.82 5|Accra 5.60 -0.19 3
        Houston 29.76 -95.37 6|Barcelona 41.39 2.17 5|Sydney -33.87 151.21 5|Melbourne -37.81 144.96 5|Washington 38.91 -77.04 5|Miami 25.76 -80.19 6|Berlin 52.52 13.40 4|Cape-Town -33.92 18.42 5
        Rome 41.90 12.50 4|Athens 37.98 23.73 3|Casablanca 33.57 -7.59 4|Kyiv 50.45 30.52 3|Seattle 47.61 -122.33 3|San-Francisco 37.77 -122.42 3|Vienna 48.21 16.37 2|Warsaw 52.23 21.01 2
        Stockholm 59.33 18.07 2|Dubai 25.20 55.27 3|Auckland -36.85 174.76 2|Vancouver 49.28 -123.12 3
        """;

    public static IReadOnlyList<(string Name, GeoPoint Place, int Weight)> All { get; } =
    [
        .. Table.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static entry =>
        {
            string[] parts = entry.Split(' ');
            return (parts[0], new GeoPoint(Number(parts[1]), Number(parts[2])), (int)Number(parts[3]));
        }),
    ];

    /// <summary>Draws a city by weight.</summary>
    public static GeoPoint Draw(Random random)
    {
        int left = random.Next(All.Sum(static city => city.Weight));
        foreach ((_, GeoPoint place, int weight) in All)
        {
            left -= weight;
            if (left < 0)
                return place;
        }

        return All[^1].Place;
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
