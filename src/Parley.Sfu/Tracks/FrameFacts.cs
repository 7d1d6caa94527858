namespace Parley.Sfu.Tracks;

/// <summary>What a packet says about its frame, whatever its codec.</summary>
/// <param name="IsKeyFrame">Whether it is of a key frame, as far as this packet tells.</param>
/// <param name="IsFrameStart">Whether it is the first packet of a frame.</param>
/// <param name="TemporalId">The temporal layer, 0 where there is one only.</param>
/// <param name="IsSwitchingUpPoint">Whether a receiver of lower temporal layers may go up to this one here.</param>
/// <param name="Height">The key frame's height in pixels where the packet tells it; 0 elsewhere.</param>
public readonly record struct FrameFacts(bool IsKeyFrame, bool IsFrameStart, byte TemporalId, bool IsSwitchingUpPoint, int Height)
{
    /// <summary>Sound: one can begin at every packet.</summary>
    public static FrameFacts Sound => new(true, true, 0, false, 0);
}
