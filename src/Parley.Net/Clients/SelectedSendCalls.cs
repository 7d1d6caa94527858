using Parley.Net.Linux;

namespace Parley.Net.Clients;

/// <summary>The kernel, through the socket that is selected.</summary>
internal readonly unsafe struct SelectedSendCalls(SelectedSocket selected) : ISendCalls
{
    /// <inheritdoc />
    public int SendMany(MultiMessage* messages, int count) => new LinuxSendCalls(selected.Descriptor).SendMany(messages, count);

    /// <inheritdoc />
    public int SendOne(IoVector* datagram, byte* address, uint addressLength) =>
        new LinuxSendCalls(selected.Descriptor).SendOne(datagram, address, addressLength);
}
