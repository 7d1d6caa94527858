namespace Parley.Net.Loops;

/// <summary>How a Linux shell sends; each falls back to the one before it where the kernel refuses.</summary>
public enum SendMethod
{
    /// <summary>One system call for each datagram.</summary>
    Single,

    /// <summary>One system call for many datagrams (<c>sendmmsg</c>).</summary>
    Batched,

    /// <summary>The same, and runs of datagrams to one destination as one message that the kernel or the card cuts (GSO).</summary>
    Segmented,
}
