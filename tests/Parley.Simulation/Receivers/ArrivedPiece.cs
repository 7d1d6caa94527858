using Parley.Simulation.Payloads;

namespace Parley.Simulation.Receivers;

/// <summary>A received packet of a picture stream.</summary>
/// <param name="Sequence">Its extended number.</param>
/// <param name="Timestamp">Its extended timestamp.</param>
/// <param name="Marker">Whether it ends its frame.</param>
/// <param name="IsStart">Whether it starts its frame.</param>
/// <param name="IsKey">Whether it starts a key frame.</param>
/// <param name="PictureId">Its frame's picture id.</param>
/// <param name="Tag">What its publisher wrote.</param>
public readonly record struct ArrivedPiece(long Sequence, long Timestamp, bool Marker, bool IsStart, bool IsKey, ushort PictureId, FrameTag Tag)
{
    /// <summary>Whether both are of one layer of one publisher.</summary>
    public bool IsOfStreamOf(in ArrivedPiece other) => Tag.Publisher == other.Tag.Publisher && Tag.Layer == other.Tag.Layer;
}
