using System.IO.Pipelines;

namespace Parley.Server.Tunnel;

/// <summary>The way back to a client: what answers its requests and what brings its datagrams take turns. While it waits for a slow client, datagrams are dropped before the shard's socket.</summary>
internal sealed class StreamOutput(PipeWriter writer) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes bytes; false when the client has gone.</summary>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _turn.WaitAsync();
        try
        {
            return !(await writer.WriteAsync(bytes)).IsCompleted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Brings the shard's datagrams to the client until either has gone or <paramref name="end"/>. Those that wait together are written together.
    /// </summary>
    public async Task PumpAsync<TFraming>(ShardSocket shard, TFraming framing, UfragGate gate, TunnelCounters counters, CancellationToken end)
        where TFraming : struct, IFraming
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(DatagramBytes, pinned: true);
        bool isOpen = true;
        while (isOpen)
        {
            int length = await shard.ReceiveAsync(buffer, end);
            gate.Answer();
            await _turn.WaitAsync(end);
            try
            {
                WriteBatch(shard, framing, buffer, length, counters);
                isOpen = !(await writer.FlushAsync(end)).IsCompleted;
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private const int DatagramBytes = 2048;
    private const int MostOfBatch = 32;

    private void WriteBatch<TFraming>(ShardSocket shard, TFraming framing, Span<byte> buffer, int length, TunnelCounters counters)
        where TFraming : struct, IFraming
    {
        int packets = 0;
        int bytes = 0;
        do
        {
            int written = framing.Write(buffer[..length], writer.GetSpan(length + framing.Overhead));
            writer.Advance(written);
            packets++;
            bytes += length;
        }
        while (packets < MostOfBatch && shard.TryReceive(buffer, out length));
        counters.CountOut(packets, bytes);
    }
}
