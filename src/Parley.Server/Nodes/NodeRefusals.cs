using Parley.Routing.Grants;
using Parley.Server.Problems;

namespace Parley.Server.Nodes;

/// <summary>Why a media node does not do something, as a problem.</summary>
internal static class NodeRefusals
{
    /// <summary>The node refuses for want of permission: the problem's code is the rule.</summary>
    public static ProblemException NotGranted(GrantRefusal refusal) => new(refusal.Rule, StatusCodes.Status403Forbidden, "The media node refuses", refusal.Sentence);

    /// <summary>Whether a media node has refused for want of permission.</summary>
    public static bool IsNotGranted(ProblemException problem) => problem.Status == StatusCodes.Status403Forbidden;

    /// <summary>The node does not answer.</summary>
    public static ProblemException Unreachable(string node, string detail) =>
        new("node-unreachable", StatusCodes.Status503ServiceUnavailable, "The media node does not answer", $"Media node '{node}' does not answer: {detail}");

    /// <summary>The node has met a fault of its own.</summary>
    public static ProblemException Fault(string node) =>
        new("node-fault", StatusCodes.Status500InternalServerError, "The media node failed", $"Media node '{node}' failed to do this. Its operator can find out more in its log.");

    /// <summary>The room was ended while it was being used.</summary>
    public static ProblemException RoomEnded(GrantRefusal? why) =>
        why is null ? new("room-ended", StatusCodes.Status410Gone, "The room has ended", "The meeting's room on this media node has ended.") : NotGranted(why);
}
