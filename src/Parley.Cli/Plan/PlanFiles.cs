using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Cli.Plan;

/// <summary>Reads the two files, and says in a sentence what is wrong with them.</summary>
internal static class PlanFiles
{
    private const int MostNodes = 1_000;

    public static WorldFile ReadWorld(string path)
    {
        WorldFile world = Read(path, PlanFileJson.Default.WorldFile);
        HashSet<string> regions = [];
        foreach (WorldRegion region in world.Regions)
        {
            regions.Add(region.Id);
            if (region.Capacity < 0 || region.Nodes is < 1 or > MostNodes)
                throw new PlanFileException($"{path}: region '{region.Id}' needs 1 to {MostNodes} nodes, and a capacity from 0 on.");
            if (region.Latitude is null != region.Longitude is null)
                throw new PlanFileException($"{path}: region '{region.Id}' has half a place: latitude and longitude belong together.");
        }

        foreach (WorldDelay delay in world.Delays ?? [])
        {
            if (!regions.Contains(delay.From) || !regions.Contains(delay.To))
                throw new PlanFileException($"{path}: the delay from '{delay.From}' to '{delay.To}' names a region that the file does not list.");
            if (!double.IsFinite(delay.Milliseconds) || delay.Milliseconds < 0)
                throw new PlanFileException($"{path}: the delay from '{delay.From}' to '{delay.To}' must be 0 ms or more.");
        }

        if (Directory(world).FindFault() is { } fault)
            throw new PlanFileException($"{path}: {fault}");
        return world;
    }

    public static MeetingFile ReadMeeting(string path, RegionDirectory directory)
    {
        MeetingFile meeting = Read(path, PlanFileJson.Default.MeetingFile);
        foreach (MeetingFence fence in meeting.Geofences ?? [])
            Check(path, $"the geofence of scope {(fence.Scope ?? GeofenceScope.Meeting).ToString().ToLowerInvariant()}", fence, directory);
        HashSet<string> ids = [];
        foreach (MeetingPerson person in meeting.Participants)
        {
            if (person.Id.Length == 0 || !ids.Add(person.Id))
                throw new PlanFileException($"{path}: each participant needs an id of their own; '{person.Id}' is empty or listed twice.");
            if (person.Latitude is null != person.Longitude is null || person.Latitude is < -90 or > 90 || person.Longitude is < -180 or > 180)
                throw new PlanFileException($"{path}: participant '{person.Id}' is at no place on Earth: latitude (-90 to 90) and longitude (-180 to 180) belong together.");
            if (person.Country is { } country && !Countries.IsKnown(country))
                throw new PlanFileException($"{path}: participant '{person.Id}' is in '{country}', which is no country: use a two-letter code of ISO 3166-1, such as DE.");
            foreach ((string region, double roundTrip) in person.RoundTrips ?? new Dictionary<string, double>())
            {
                if (directory.FindRegion(region) is null)
                    throw new PlanFileException($"{path}: participant '{person.Id}' has a round trip to '{region}', which the world does not list.");
                if (!double.IsFinite(roundTrip) || roundTrip < 0)
                    throw new PlanFileException($"{path}: participant '{person.Id}' has a round trip of {roundTrip} ms to '{region}'; it must be 0 or more.");
            }

            if (person.Geofence is { } fence)
                Check(path, $"the geofence of participant '{person.Id}'", fence, directory);
        }

        return meeting;
    }

    /// <summary>The directory that a world stands for; nobody signed it.</summary>
    public static RegionDirectory Directory(WorldFile world) => new()
    {
        Version = 1,
        Issued = 0,
        Nodes = [],
        Regions = [.. world.Regions.Select(static region => new Region
        {
            Id = region.Id,
            Name = region.Name ?? region.City ?? region.Id,
            City = region.City ?? "",
            Country = region.Country,
            Latitude = region.Latitude,
            Longitude = region.Longitude,
            Operator = region.Operator,
            OperatorCountry = region.OperatorCountry,
            ServesOnly = region.ServesOnly,
        })],
    };

    private static void Check(string path, string what, MeetingFence fence, RegionDirectory directory)
    {
        if (fence.ToGeofence().FindFault(directory) is { } fault)
            throw new PlanFileException($"{path}: {what}: {fault.Sentence}");
    }

    private static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type) ?? throw new PlanFileException($"{path}: the file says null.");
        }
        catch (JsonException failure)
        {
            string where = failure.LineNumber is { } line ? $" line {line + 1}" : "";
            throw new PlanFileException($"{path}:{where}: {FirstSentence(failure.Message)}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PlanFileException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    // The library adds path, line and position, which have been named.
    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
