namespace Parley.Net.Linux;

/// <summary>The system calls that send, as a struct so that they are called directly; tests answer with the errors that loopback never gives.</summary>
internal unsafe interface ISendCalls
{
    /// <summary><c>sendmmsg</c>: how many messages went, or minus the error number.</summary>
    int SendMany(MultiMessage* messages, int count);

    /// <summary><c>sendto</c>: bytes sent, or minus the error number.</summary>
    int SendOne(IoVector* datagram, byte* address, uint addressLength);
}
