namespace Parley.Sfu.Relays;

/// <summary>The bounds of relay links: what a peer may make us hold.</summary>
public static class RelayLimits
{
    /// <summary>The most links of a shard.</summary>
    public const int Links = 256;

    /// <summary>The most rows of a link.</summary>
    public const int Rows = 4096;

    /// <summary>The most sources that one row offers.</summary>
    public const int SourcesPerRow = 4096;

    /// <summary>The most SSRCs of a link, each way.</summary>
    public const int Streams = 16_384;

    /// <summary>The most layers of a source.</summary>
    public const int Layers = 8;

    /// <summary>The most codecs of a source.</summary>
    public const int Codecs = 8;

    /// <summary>The most bytes of a participant's id, in UTF-8.</summary>
    public const int ParticipantBytes = 255;

    /// <summary>The most links that a source crosses: a tree is never so deep, so more means a loop.</summary>
    public const int Hops = 8;
}
