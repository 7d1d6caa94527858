using Parley.Net.Linux;

namespace Parley.Net.Tests.Linux;

/// <summary>A kernel whose errors a test scripts; it keeps what it was given.</summary>
internal readonly unsafe struct FakeSendCalls(FakeKernel kernel) : ISendCalls
{
    public int SendMany(MultiMessage* messages, int count)
    {
        for (int i = 0; i < count; i++)
        {
            MultiMessage* message = messages + i;
            int error = kernel.OnMany(message->ControlLength > 0, Text(message->Vectors));
            if (error != 0)
                return i > 0 ? i : -error;
            uint bytes = 0;
            for (int j = 0; j < (int)message->VectorCount; j++)
            {
                kernel.Sent.Add((SocketAddressCodec.Read(message->Name).Port, Text(message->Vectors + j)));
                bytes += (uint)message->Vectors[j].Length;
            }

            kernel.Runs.Add((int)message->VectorCount);
            message->Length = bytes;
        }

        return count;
    }

    public int SendOne(IoVector* datagram, byte* address, uint addressLength)
    {
        int error = kernel.OnOne();
        if (error != 0)
            return -error;
        kernel.Sent.Add((SocketAddressCodec.Read(address).Port, Text(datagram)));
        kernel.Runs.Add(1);
        return (int)datagram->Length;
    }

    private static string Text(IoVector* datagram) => System.Text.Encoding.ASCII.GetString(datagram->Base, (int)datagram->Length);
}
