using Parley.Server.Meetings;

namespace Parley.Server.Signalling;

/// <summary>The argument of <c>view</c>.</summary>
internal sealed record ViewRequest
{
    /// <summary>The pictures wanted, most wanted first.</summary>
    public required Wish[] Wishes { get; init; }
}
