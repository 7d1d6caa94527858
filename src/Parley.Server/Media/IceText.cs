using System.Security.Cryptography;
using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>Makes ICE credentials of letters and digits, which every stack takes (RFC 8839 section 5.4).</summary>
internal static class IceText
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int RandomUfrag = 6;
    private const int PasswordLength = 24;

    /// <summary>A user fragment that names the shard and the transport; the rest makes that of an ICE restart another one.</summary>
    public static string Ufrag(int shard, TransportId transport) => $"s{shard}t{transport.Value}x{RandomNumberGenerator.GetString(Letters, RandomUfrag)}";

    /// <summary>A password of 142 bits.</summary>
    public static string Password() => RandomNumberGenerator.GetString(Letters, PasswordLength);
}
