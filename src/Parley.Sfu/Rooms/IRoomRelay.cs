using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>A room's row on a relay link, as the room sees it.</summary>
public interface IRoomRelay
{
    /// <summary>Looks at sources and slots after they changed: what is offered to the other shard, and what is wanted from it.</summary>
    void Refresh(MonotonicTime now);

    /// <summary>Notes that the clock of a layer that came over another link is known now.</summary>
    void OnClock(MonotonicTime now);

    /// <summary>A publication of a source that came over the link and feeds none: the same one may have come by another way. Null when there is none.</summary>
    Publication? FindSpare(SourceId source);

    /// <summary>Leaves the link: the sources that came over it end within this call.</summary>
    void Leave(MonotonicTime now);

    /// <summary>Lets go of the room, which ends: its publications and slots are not touched any more.</summary>
    void Detach();
}
