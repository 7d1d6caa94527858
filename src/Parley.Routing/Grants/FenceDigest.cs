using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Parley.Routing.Geofences;

namespace Parley.Routing.Grants;

/// <summary>A short name of an effective geofence: who holds the same fences computes the same digest.</summary>
public static class FenceDigest
{
    /// <summary>SHA-256, base64url, over the fences without open ones, sorted by scope and text, and the sorted countries.</summary>
    public static string Of(IReadOnlyList<ScopedGeofence> fences, IReadOnlyCollection<string> countries)
    {
        IEnumerable<string> lines = fences.Where(static scoped => !scoped.Fence.IsOpen).Select(Line).Distinct().Order(StringComparer.Ordinal)
            .Concat(countries.Distinct().Order(StringComparer.Ordinal).Select(static country => "in " + country));
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    /// <summary>One fence as a line: the same for fences that allow the same by the same words at the same scope.</summary>
    internal static string Line(ScopedGeofence scoped) =>
        $"{(int)scoped.Scope} {List("allow", scoped.Fence.Allow)} {List("deny", scoped.Fence.Deny)}";

    private static string List(string word, IReadOnlyList<string>? selectors) =>
        selectors is null ? word + " *" : $"{word} {string.Join(',', selectors.Order(StringComparer.Ordinal))}";
}
