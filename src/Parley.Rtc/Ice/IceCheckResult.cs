using Parley.Rtc.Primitives;

namespace Parley.Rtc.Ice;

/// <summary>What became of one received check.</summary>
/// <param name="Outcome">Answered, or dropped for which reason.</param>
/// <param name="ResponseLength">Bytes of the response to send back to the source; 0 for none.</param>
/// <param name="NewlyValidated">Whether the source became a validated 5-tuple by this check.</param>
/// <param name="Forgotten">The validated 5-tuple that had to make room; null for none.</param>
public readonly record struct IceCheckResult(
    IceCheckOutcome Outcome, int ResponseLength = 0, bool NewlyValidated = false, TransportAddress? Forgotten = null)
{
    /// <summary>Whether the datagram was dropped without an answer for a reason that is to be counted.</summary>
    public bool IsDrop => Outcome >= IceCheckOutcome.Malformed;
}
