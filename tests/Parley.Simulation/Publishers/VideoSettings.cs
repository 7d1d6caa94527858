namespace Parley.Simulation.Publishers;

/// <summary>A simulated camera.</summary>
public sealed record VideoSettings
{
    /// <summary>A camera of one layer.</summary>
    public static VideoSettings Single { get; } = new() { Layers = [new("", 360, 6, 3)] };

    /// <summary>A camera of three layers.</summary>
    public static VideoSettings Simulcast { get; } = new() { Layers = [new("q", 180, 3, 1), new("h", 360, 5, 2), new("f", 720, 10, 4)] };

    /// <summary>The same with an encoder for each layer, the bigger the slower.</summary>
    public static VideoSettings Uneven { get; } = new()
    {
        Layers = [new("q", 180, 3, 1), new("h", 360, 5, 2, TimeSpan.FromMilliseconds(50)), new("f", 720, 10, 4, TimeSpan.FromMilliseconds(150))],
    };

    /// <summary>The layers, lowest first.</summary>
    public required IReadOnlyList<VideoLayerSettings> Layers { get; init; }

    /// <summary>Frames a second.</summary>
    public int FrameRate { get; init; } = 20;

    /// <summary>Bytes of a packet's payload. Small ones, since simulated seconds cost real ones.</summary>
    public int PayloadLength { get; init; } = 120;

    /// <summary>The first sequence number; null for a random one.</summary>
    public ushort? FirstSequence { get; init; }

    /// <summary>The first timestamp; null for a random one.</summary>
    public uint? FirstTimestamp { get; init; }

    /// <summary>Whether the descriptor tells the index of temporal base layer pictures.</summary>
    public bool HasTl0PictureIndex { get; init; }

    /// <summary>The shortest time between two key frames that are asked for (libwebrtc: 300 ms).</summary>
    public TimeSpan KeyFrameInterval { get; init; } = TimeSpan.FromMilliseconds(300);
}
