using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>The kernel itself.</summary>
internal readonly unsafe struct LinuxSendCalls(int socket) : ISendCalls
{
    /// <inheritdoc />
    public int SendMany(MultiMessage* messages, int count)
    {
        int sent = Libc.SendMany(socket, messages, (uint)count, LinuxConstants.MessageDontWait);
        return sent < 0 ? -Marshal.GetLastPInvokeError() : sent;
    }

    /// <inheritdoc />
    public int SendOne(IoVector* datagram, byte* address, uint addressLength)
    {
        nint sent = Libc.SendTo(socket, datagram->Base, datagram->Length, LinuxConstants.MessageDontWait, address, addressLength);
        return sent < 0 ? -Marshal.GetLastPInvokeError() : (int)sent;
    }
}
