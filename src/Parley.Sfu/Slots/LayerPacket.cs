namespace Parley.Sfu.Slots;

/// <summary>What a <see cref="LayerSelector"/> looks at in a packet.</summary>
/// <param name="Layer">The layer's index, lowest 0. In simulcast the RID decides, never a spatial id inside the packet.</param>
/// <param name="IsInOrder">Whether its number is the highest seen of its layer.</param>
/// <param name="IsFrameStart">Whether it is the first packet of a frame.</param>
/// <param name="IsKeyFrame">Whether it is of a key frame.</param>
/// <param name="TemporalId">Its temporal layer; 0 where there is one only.</param>
/// <param name="IsSwitchingUpPoint">Whether from this frame on its temporal layer can be decoded without its former frames (VP8 Y, VP9 U, dependency descriptor S).</param>
public readonly record struct LayerPacket(int Layer, bool IsInOrder, bool IsFrameStart, bool IsKeyFrame, int TemporalId = 0, bool IsSwitchingUpPoint = false);
