using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Support;

/// <summary>What is wrong with a world that was played.</summary>
public sealed class Problems
{
    private const int Shown = 12;

    private readonly List<string> _texts = [];
    private readonly List<string> _description = [];

    public bool IsEmpty => _texts.Count == 0;

    public void Add(string text) => _texts.Add(text);

    /// <summary>Adds a problem unless a condition holds.</summary>
    public void Unless(bool condition, FormattableString text)
    {
        if (!condition)
            Add(FormattableString.Invariant(text));
    }

    /// <summary>What holds in every scenario: no timestamp out of order, nobody in another's slot, nothing that cannot be decrypted, no buffer lost, no fault.</summary>
    public void AddUniversal(World world)
    {
        _texts.AddRange(world.Breaches);
        foreach (Peer peer in world.Peers)
        {
            foreach (VideoReceiver receiver in peer.VideoReceivers)
                receiver.Finish();
            if (peer.Findings.Count > peer.Findings.Texts.Count)
                Add($"{peer.Settings.Name}: {peer.Findings.Count} findings, the first of them:");
            _texts.AddRange(peer.Findings.Texts);
            Unless(peer.Port.Unreadable == 0, $"{peer.Settings.Name}: {peer.Port.Unreadable} packets cannot be decrypted");
        }
    }

    /// <summary>Adds the figures that help to find the cause.</summary>
    public void Describe(World world)
    {
        foreach (WorldNode node in world.Nodes)
            _description.Add($"drops of shard {node.Number}: " + string.Join(", ", node.Core.Drops.Snapshot().Select(drop => $"{drop.Key} {drop.Value}")));
        foreach (Peer peer in world.Peers)
        {
            _description.Add(FormattableString.Invariant($"{peer.Settings.Name}: connected at {peer.ConnectedAt}, round trip {peer.RoundTrip.TotalMilliseconds:0} ms"));
            _description.AddRange(peer.Camera?.Layers.Select(Describe) ?? []);
            _description.AddRange(peer.VideoReceivers.Select(Describe));
        }
    }

    public override string ToString() => string.Join("\n", _texts.Take(Shown).Concat(_description));

    private static string Describe(LayerSender layer) => FormattableString.Invariant(
        $"  SSRC {layer.Ssrc}: {layer.Frames} frames, {layer.KeyFrames} key frames of {layer.KeyFrameRequests} asked for, {layer.Packets} packets, {layer.Resent} of {layer.ResendRequests} resent");

    private static string Describe(VideoReceiver receiver)
    {
        string arrived = FormattableString.Invariant($"{receiver.Audit.Packets} packets, {receiver.Viewer.Frames} frames, {receiver.Audit.Holes} holes");
        string repaired = FormattableString.Invariant($"{receiver.Repaired} repaired, {receiver.RepairedInVain} in vain, {receiver.LateOriginals} late");
        string asked = FormattableString.Invariant($"{receiver.Missing.Requests} NACKs, {receiver.KeyFrames.Requests} PLIs");
        return $"  slot {receiver.Mid}: {arrived}, {repaired}, {asked}, last {receiver.Viewer.Last.Tag}";
    }
}
