using System.Net;
using MaxMind.Db;
using Parley.Routing.Regions;
using Parley.Server.Configuration;

namespace Parley.Server.Places;

/// <summary>
/// Countries from a MaxMind DB file, such as DB-IP Lite's. It is read once at the start, into memory. Addresses that are nobody's on the Internet are unknown even where a file lists them.
/// What it tells is where an address is registered to be used: good enough to keep to a rule, no proof.
/// </summary>
internal sealed class CountryDatabase : ICountryFinder, IDisposable
{
    private readonly Reader? _reader;

    /// <summary>Reads the configured file; without one nothing is known.</summary>
    /// <exception cref="IOException">The file cannot be read, or is no MaxMind DB.</exception>
    public CountryDatabase(NodeOptions options)
    {
        if (options.CountryDatabase.Length == 0)
            return;
        try
        {
            _reader = new Reader(options.CountryDatabase, FileAccessMode.Memory);
        }
        catch (InvalidDatabaseException e)
        {
            throw new IOException($"'{options.CountryDatabase}' is no MaxMind DB file: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public string Find(IPAddress? address)
    {
        if (_reader is null || address is null)
            return Countries.Unknown;
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddresses.IsPublic(plain) && Read(plain) is { } country && Countries.IsKnown(country) ? country : Countries.Unknown;
    }

    /// <inheritdoc />
    public void Dispose() => _reader?.Dispose();

    private string? Read(IPAddress address)
    {
        try
        {
            return _reader!.Find<Dictionary<string, object>>(address) is { } entry
                && entry.TryGetValue("country", out object? country) && country is Dictionary<string, object> facts
                && facts.TryGetValue("iso_code", out object? code)
                ? code as string
                : null;
        }
        catch (Exception fault) when (fault is InvalidDatabaseException or DeserializationException or ArgumentException)
        {
            // A file of IPv4 only, or one that is broken there: not known.
            return null;
        }
    }
}
