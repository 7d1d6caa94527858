using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>Host keys: 256 random bits, shown once. Only their SHA-256 is kept, which for so many random bits needs no salt and no slow function.</summary>
internal static class HostKeys
{
    private const int Bytes = 32;

    /// <summary>Makes a host key.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a host key.</summary>
    public static byte[] Hash(string hostKey) => SHA256.HashData(Encoding.UTF8.GetBytes(hostKey));

    /// <summary>Whether somebody shows a meeting's host key.</summary>
    /// <exception cref="ProblemException">The key is another.</exception>
    public static bool IsHost(string? presented, MeetingRecord meeting)
    {
        if (presented is null)
            return false;
        return Matches(presented, meeting.HostKeyHash) ? true : throw Refusals.HostKeyWrong();
    }

    /// <summary>Whether a presented key is the one that was hashed.</summary>
    public static bool Matches(string presented, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(presented), hash);
}
