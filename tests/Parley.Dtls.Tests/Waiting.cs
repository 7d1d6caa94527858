namespace Parley.Dtls.Tests;

/// <summary>Waits for what other threads do.</summary>
internal static class Waiting
{
    public static void Until(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, DtlsWire.Patience), "The condition did not come true.");
}
