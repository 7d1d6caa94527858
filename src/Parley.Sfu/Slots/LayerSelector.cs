using System.Numerics;

namespace Parley.Sfu.Slots;

/// <summary>
/// Decides which layer of a source a slot forwards. It switches only where a key frame begins in order, and the switch counts only once that packet was sent.
/// It aims at the wanted layer while that is alive, else at the best live one: the highest below, or the lowest above.
/// </summary>
/// <remarks>
/// <code>
/// state         | input                                                  | output           | next
/// Paused        | packet                                                 | Ignore           | Paused
/// Paused        | target set and not muted                               |                  | AwaitKeyFrame
/// any           | target unset, or muted                                 |                  | Paused
/// AwaitKeyFrame | key frame of a layer up to the aim begins in order     | SwitchAndForward | AwaitKeyFrame
/// AwaitKeyFrame | that packet committed                                  |                  | Forwarding at the aim, Switching below it
/// AwaitKeyFrame | other packet                                           | Ignore           | AwaitKeyFrame
/// Forwarding    | packet of the current layer, temporal layer within     | Forward          | Forwarding
/// Forwarding    | packet of the current layer, temporal layer above      | Drop             | Forwarding
/// Forwarding    | packet of another layer                                | Ignore           | Forwarding
/// Forwarding    | the aim changes (target, a layer dies or lives)        |                  | Switching
/// Switching     | packet of the current layer                            | as Forwarding    | Switching
/// Switching     | key frame of the aim begins in order                   | SwitchAndForward | Switching
/// Switching     | that packet committed                                  |                  | Forwarding
/// Switching     | key frame of the aim begins out of order, other packet | Ignore           | Switching
/// Switching     | the aim becomes the current layer again                |                  | Forwarding
/// </code>
/// The temporal layer falls at the next frame and rises where a switching-up point begins, or with a key frame.
/// </remarks>
public sealed class LayerSelector
{
    /// <summary>The most layers of a source.</summary>
    public const int MaximumLayers = 8;

    /// <summary>No layer.</summary>
    public const int None = -1;

    private int _wanted = None;
    private int _wantedTemporal = int.MaxValue;
    private int _currentTemporal;
    private uint _live;
    private bool _muted;

    /// <summary>Whether it takes nothing but the wanted layer, as on a relay link; else a lower one will do until that begins.</summary>
    public bool IsExact { get; init; }

    /// <summary>Where the selector stands.</summary>
    public LayerSelectorState State => IsPaused ? LayerSelectorState.Paused
        : Current == None ? LayerSelectorState.AwaitKeyFrame
        : Current == Aim ? LayerSelectorState.Forwarding
        : LayerSelectorState.Switching;

    /// <summary>The layer forwarded; <see cref="None"/> when none is.</summary>
    public int Current { get; private set; } = None;

    /// <summary>The layer to be forwarded: the wanted one, or the best live one in its place; <see cref="None"/> when paused.</summary>
    public int Aim { get; private set; } = None;

    /// <summary>The layer of which a key frame is wanted; <see cref="None"/> when none is, or no layer is alive to give it.</summary>
    public int KeyFrameWanted => IsPaused || Aim == Current || !IsLive(Aim) ? None : Aim;

    private bool IsPaused => _muted || _wanted == None;

    /// <summary>Sets the wanted layer (<see cref="None"/> pauses) and the highest temporal layer to forward.</summary>
    public void SetTarget(int layer, int temporalLayer = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, MaximumLayers);
        _wanted = layer < 0 ? None : layer;
        _wantedTemporal = temporalLayer;
        Review();
    }

    /// <summary>Tells that a layer began (again) or stopped to deliver.</summary>
    public void SetLive(int layer, bool isLive)
    {
        _live = isLive ? _live | (1u << layer) : _live & ~(1u << layer);
        Review();
    }

    /// <summary>Tells that the source was muted or is back. After mute a key frame is needed.</summary>
    public void SetMuted(bool isMuted)
    {
        _muted = isMuted;
        Review();
    }

    /// <summary>Forgets the source, for another one: no layer is alive, nothing forwarded; the target stays.</summary>
    public void Reset()
    {
        _live = 0;
        _muted = false;
        Current = None;
        Review();
    }

    /// <summary>Whether packets of a layer are of use now: it is forwarded or aimed at, or anything up to the aim would do.</summary>
    public bool ListensTo(int layer) => layer == Current || layer == Aim || (Current == None && layer < Aim && !IsExact);

    /// <summary>What to do with a packet.</summary>
    public LayerDecision Decide(in LayerPacket packet)
    {
        if (IsPaused)
            return LayerDecision.Ignore;
        if (packet.Layer != Current)
            return Begins(packet) ? LayerDecision.SwitchAndForward : LayerDecision.Ignore;
        if (packet.IsFrameStart && packet.IsInOrder && _currentTemporal > _wantedTemporal)
            _currentTemporal = _wantedTemporal;
        return packet.TemporalId <= _currentTemporal || RaisesTemporal(packet) ? LayerDecision.Forward : LayerDecision.Drop;
    }

    /// <summary>Notes that a packet with decision Forward or SwitchAndForward was sent.</summary>
    public void Commit(in LayerPacket packet)
    {
        if (packet.Layer != Current)
        {
            Current = packet.Layer;
            _currentTemporal = _wantedTemporal;
        }
        else if (RaisesTemporal(packet))
        {
            _currentTemporal = packet.IsKeyFrame ? _wantedTemporal : packet.TemporalId;
        }
    }

    private bool Begins(in LayerPacket packet) =>
        packet is { IsKeyFrame: true, IsFrameStart: true, IsInOrder: true } && (packet.Layer == Aim || (Current == None && packet.Layer < Aim && !IsExact));

    private bool RaisesTemporal(in LayerPacket packet) =>
        packet is { IsFrameStart: true, IsInOrder: true }
        && _currentTemporal < _wantedTemporal
        && (packet.IsKeyFrame || (packet.IsSwitchingUpPoint && packet.TemporalId > _currentTemporal && packet.TemporalId <= _wantedTemporal));

    private void Review()
    {
        if (IsPaused)
        {
            Current = None;
            Aim = None;
            return;
        }

        Aim = BestLive();
    }

    private int BestLive()
    {
        if (_live == 0 || IsLive(_wanted))
            return _wanted;
        uint below = _live & ((1u << _wanted) - 1);
        return below != 0 ? BitOperations.Log2(below) : BitOperations.TrailingZeroCount(_live);
    }

    private bool IsLive(int layer) => layer >= 0 && (_live & (1u << layer)) != 0;
}
