using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Fuzz.Targets;

/// <summary>STUN messages as parsed, and as an ICE-lite agent takes them: a check of chance may never be answered.</summary>
internal static class StunTarget
{
    private static readonly TransportAddress Source = TransportAddress.FromBytes([127, 0, 0, 1], 40_000);
    private static readonly IceLiteAgent Agent = new(
        new("local", "0123456789012345678901"), new("remote", "9876543210987654321098"), MonotonicTime.Zero);

    public static void Run(byte[] input)
    {
        if (StunMessage.TryParse(input, out StunMessage message))
        {
            _ = message.ErrorCode + message.Username.Length + (int)message.Priority + (int)message.Nomination;
            _ = message.TieBreaker;
            _ = message.TryGetMappedAddress(out _);
            _ = message.IsFingerprintValid();
        }

        Span<byte> response = stackalloc byte[512];
        IceCheckResult result = Agent.HandleCheck(input, Source, MonotonicTime.FromMilliseconds(1), response);
        if (result.ResponseLength > 0 || Agent.IsValidated(Source))
            throw new InvalidOperationException("A check of chance was answered.");
    }
}
