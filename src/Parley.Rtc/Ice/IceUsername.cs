using System.Text;

namespace Parley.Rtc.Ice;

/// <summary>The USERNAME of a check: the receiver's user fragment, a colon, the sender's (RFC 8445 section 7.2.2).</summary>
public static class IceUsername
{
    /// <summary>Splits a USERNAME: a shard finds the transport by <paramref name="local"/>, its own user fragment.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> username, out ReadOnlySpan<byte> local, out ReadOnlySpan<byte> remote)
    {
        int colon = username.IndexOf((byte)':');
        local = colon > 0 ? username[..colon] : default;
        remote = colon > 0 ? username[(colon + 1)..] : default;
        return colon > 0;
    }

    /// <summary>The bytes of the USERNAME in checks to <paramref name="receiver"/> from <paramref name="sender"/>.</summary>
    public static byte[] Format(string receiver, string sender) => Encoding.UTF8.GetBytes($"{receiver}:{sender}");
}
