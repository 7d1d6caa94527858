using Parley.Fuzz.Targets;

namespace Parley.Fuzz;

/// <summary>All targets: one for each parser of network bytes.</summary>
public static class FuzzTargets
{
    /// <summary>The targets by name.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("rtp", RtpTarget.Run),
        new("dependency-descriptor", DependencyDescriptorTarget.Run),
        new("payload", PayloadTarget.Run),
        new("rtcp", RtcpTarget.Run),
        new("directory", DirectoryTarget.Run),
        new("grant", GrantTarget.Run),
        new("node-control", NodeControlTarget.Run),
        new("statement", StatementTarget.Run),
        new("relay", RelayTarget.Run),
        new("sdp", SdpTarget.Run),
        new("srtp", SrtpTarget.Run),
        new("stun", StunTarget.Run),
        new("turn", TurnTarget.Run),
    ];
}
