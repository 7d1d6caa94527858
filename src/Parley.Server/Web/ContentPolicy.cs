using Parley.Routing.Directory;
using Parley.Server.Directory;

namespace Parley.Server.Web;

/// <summary>The content security policy of our pages. They talk to this node, and to the front doors of the directory: to measure round trips, and to make a meeting in its home region.</summary>
internal sealed class ContentPolicy(NodeDirectory directory, string frameAncestors)
{
    private volatile Written? _written;

    /// <summary>The policy by the present directory.</summary>
    public string Text
    {
        get
        {
            RegionDirectory current = directory.Current;
            if (_written is { } written && ReferenceEquals(written.Directory, current))
                return written.Text;
            _written = written = new Written(current, Write(current));
            return written.Text;
        }
    }

    // Scripts only from files of ours. Style attributes (not style elements) are allowed: components set sizes with them, and they run nothing.
    private string Write(RegionDirectory current) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        "font-src 'self'",
        string.Join(' ', current.Nodes.Select(static node => Origin(node.FrontDoor)).OfType<string>().Distinct().Prepend("connect-src 'self'")),
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        $"frame-ancestors {frameAncestors}");

    // Only what is an origin without doubt: a policy has its own grammar.
    private static string? Origin(string? frontDoor) =>
        Uri.TryCreate(frontDoor, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url!.GetLeftPart(UriPartial.Authority) : null;

    private sealed record Written(RegionDirectory Directory, string Text);
}
