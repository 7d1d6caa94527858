using CsCheck;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class LayerSelectorTests
{
    private readonly LayerSelector _selector = new();

    private static LayerPacket Key(int layer, bool inOrder = true) => new(layer, inOrder, IsFrameStart: true, IsKeyFrame: true);

    private static LayerPacket Delta(int layer, int temporal = 0, bool up = false, bool start = true) => new(layer, true, start, false, temporal, up);

    private LayerDecision Feed(LayerPacket packet)
    {
        LayerDecision decision = _selector.Decide(packet);
        if (decision is LayerDecision.Forward or LayerDecision.SwitchAndForward)
            _selector.Commit(packet);
        return decision;
    }

    private void Live(params int[] layers)
    {
        foreach (int layer in layers)
            _selector.SetLive(layer, true);
    }

    private void ForwardLayer(int layer)
    {
        Live(0, 1, 2);
        _selector.SetTarget(layer);
        Assert.Equal(LayerDecision.SwitchAndForward, Feed(Key(layer)));
        Assert.Equal(LayerSelectorState.Forwarding, _selector.State);
    }

    [Fact]
    public void Paused_ignores()
    {
        Live(0);
        Assert.Equal(LayerSelectorState.Paused, _selector.State);
        Assert.Equal(LayerDecision.Ignore, Feed(Key(0)));
        Assert.Equal(LayerSelector.None, _selector.KeyFrameWanted);
    }

    [Fact]
    public void A_target_awaits_a_key_frame()
    {
        Live(0, 1, 2);
        _selector.SetTarget(2);
        Assert.Equal(LayerSelectorState.AwaitKeyFrame, _selector.State);
        Assert.Equal(2, _selector.KeyFrameWanted);
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(2)));
        Assert.Equal(LayerDecision.Ignore, Feed(Key(2, inOrder: false)));
        Assert.Equal(LayerDecision.Ignore, Feed(new LayerPacket(2, true, IsFrameStart: false, IsKeyFrame: true)));
    }

    [Fact]
    public void Its_key_frame_starts_it()
    {
        ForwardLayer(2);
        Assert.Equal(LayerSelector.None, _selector.KeyFrameWanted);
        Assert.Equal(LayerDecision.Forward, Feed(Delta(2)));
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(1)));
        Assert.Equal(LayerDecision.Ignore, Feed(Key(1)));
    }

    [Fact]
    public void Before_any_picture_a_lower_key_frame_will_do_but_not_a_higher()
    {
        Live(0, 1, 2);
        _selector.SetTarget(1);
        Assert.Equal(LayerDecision.Ignore, Feed(Key(2)));
        Assert.Equal(LayerDecision.SwitchAndForward, Feed(Key(0)));
        Assert.Equal(LayerSelectorState.Switching, _selector.State);
        Assert.Equal(1, _selector.KeyFrameWanted);
    }

    [Fact]
    public void An_uncommitted_switch_did_not_happen()
    {
        Live(0, 1, 2);
        _selector.SetTarget(1);
        Assert.Equal(LayerDecision.SwitchAndForward, _selector.Decide(Key(1)));
        Assert.Equal(LayerSelectorState.AwaitKeyFrame, _selector.State);
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(1)));
    }

    [Fact]
    public void A_switch_keeps_the_old_layer_until_the_key_frame()
    {
        ForwardLayer(0);
        _selector.SetTarget(2);
        Assert.Equal((LayerSelectorState.Switching, 2), (_selector.State, _selector.KeyFrameWanted));
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0)));
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(2)));
        Assert.Equal(LayerDecision.Ignore, Feed(Key(2, inOrder: false)));
        Assert.Equal(LayerDecision.Ignore, Feed(Key(1)));
        Assert.Equal(LayerDecision.SwitchAndForward, Feed(Key(2)));
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(0)));
        Assert.Equal(LayerSelectorState.Forwarding, _selector.State);
    }

    [Fact]
    public void A_switch_taken_back_needs_no_key_frame()
    {
        ForwardLayer(0);
        _selector.SetTarget(2);
        _selector.SetTarget(0);
        Assert.Equal((LayerSelectorState.Forwarding, LayerSelector.None), (_selector.State, _selector.KeyFrameWanted));
    }

    [Theory]
    [InlineData(2, new[] { 2 }, 1)]
    [InlineData(2, new[] { 2, 1 }, 0)]
    [InlineData(0, new[] { 0 }, 1)]
    [InlineData(1, new[] { 1, 0 }, 2)]
    public void A_dead_layer_is_replaced_by_the_best_live_one(int target, int[] dead, int aim)
    {
        ForwardLayer(target);
        foreach (int layer in dead)
            _selector.SetLive(layer, false);
        Assert.Equal((aim, aim), (_selector.Aim, _selector.KeyFrameWanted));
        Assert.Equal(LayerDecision.SwitchAndForward, Feed(Key(aim)));
        _selector.SetLive(target, true);
        Assert.Equal(target, _selector.KeyFrameWanted);
    }

    [Fact]
    public void When_no_layer_lives_nobody_is_asked()
    {
        _selector.SetTarget(1);
        Assert.Equal((LayerSelectorState.AwaitKeyFrame, LayerSelector.None), (_selector.State, _selector.KeyFrameWanted));
    }

    [Fact]
    public void Mute_pauses_and_needs_a_key_frame_after()
    {
        ForwardLayer(1);
        _selector.SetMuted(true);
        Assert.Equal(LayerSelectorState.Paused, _selector.State);
        Assert.Equal(LayerDecision.Ignore, Feed(Key(1)));
        _selector.SetMuted(false);
        Assert.Equal((LayerSelectorState.AwaitKeyFrame, 1), (_selector.State, _selector.KeyFrameWanted));
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(1)));
    }

    [Fact]
    public void An_unset_target_pauses()
    {
        ForwardLayer(1);
        _selector.SetTarget(LayerSelector.None);
        Assert.Equal((LayerSelectorState.Paused, LayerDecision.Ignore), (_selector.State, Feed(Delta(1))));
    }

    [Fact]
    public void Reset_forgets_the_source_but_not_the_target()
    {
        ForwardLayer(1);
        _selector.Reset();
        Assert.Equal((LayerSelectorState.AwaitKeyFrame, 1), (_selector.State, _selector.Aim));
        Assert.Equal(LayerDecision.Ignore, Feed(Delta(1)));
    }

    [Fact]
    public void A_lower_temporal_target_falls_at_the_next_frame()
    {
        ForwardLayer(0);
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 2)));
        _selector.SetTarget(0, temporalLayer: 1);
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 2, start: false)));
        Assert.Equal(LayerDecision.Drop, Feed(Delta(0, temporal: 2)));
        Assert.Equal(LayerDecision.Drop, Feed(Delta(0, temporal: 2, start: false)));
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 1)));
    }

    [Fact]
    public void A_higher_temporal_target_rises_at_a_switching_up_point()
    {
        ForwardLayer(0);
        _selector.SetTarget(0, temporalLayer: 0);
        Feed(Delta(0));
        _selector.SetTarget(0, temporalLayer: 2);
        Assert.Equal(LayerDecision.Drop, Feed(Delta(0, temporal: 1)));
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 1, up: true)));
        Assert.Equal(LayerDecision.Drop, Feed(Delta(0, temporal: 2)));
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 1)));
        Assert.Equal(LayerDecision.Forward, Feed(Key(0)));
        Assert.Equal(LayerDecision.Forward, Feed(Delta(0, temporal: 2)));
    }

    /// <summary>Whatever happens: a layer is begun with a key frame in order, only one layer flows at a time, and a delta frame never follows a pause.</summary>
    [Fact]
    public void A_viewer_never_gets_a_frame_without_its_beginning() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[-1, 2], Gen.Bool, Gen.Bool).Array[0, 200].Sample(steps =>
        {
            var selector = new LayerSelector();
            int flowing = -1;
            foreach ((int kind, int layer, bool first, bool second) in steps)
            {
                if (kind == 0)
                    selector.SetTarget(layer);
                else if (kind == 1)
                    selector.SetLive(Math.Max(0, layer), first);
                else if (kind == 2)
                    selector.SetMuted(first && second);
                else
                    flowing = Check(selector, new LayerPacket(Math.Max(0, layer), first, second, kind == 3), flowing);
                if (selector.State == LayerSelectorState.Paused)
                    flowing = -1;
                Assert.Equal(flowing, selector.Current);
            }
        }, iter: 3_000);

    private static int Check(LayerSelector selector, LayerPacket packet, int flowing)
    {
        LayerDecision decision = selector.Decide(packet);
        if (decision == LayerDecision.Forward)
            Assert.Equal(flowing, packet.Layer);
        if (decision == LayerDecision.SwitchAndForward)
            Assert.True(packet is { IsKeyFrame: true, IsFrameStart: true, IsInOrder: true } && packet.Layer != flowing);
        if (decision is LayerDecision.Ignore or LayerDecision.Drop)
            return flowing;
        selector.Commit(packet);
        return packet.Layer;
    }
}
