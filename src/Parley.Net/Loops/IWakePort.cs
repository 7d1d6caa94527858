namespace Parley.Net.Loops;

/// <summary>What makes a waiting loop return: an eventfd, or a datagram to itself.</summary>
internal interface IWakePort
{
    /// <summary>Makes the loop's wait return; from any thread, also after the loop has ended.</summary>
    void Raise();
}
