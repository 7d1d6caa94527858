using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Shards;

/// <summary>
/// The media server of one shard, without sockets, clock or threads: datagrams, commands and the time go in; datagrams go to the sink, events are taken out.
/// One thread calls it. It never throws for anything that came from the network.
/// </summary>
public sealed class ShardCore
{
    /// <summary>Makes an empty shard.</summary>
    /// <param name="settings">Its bounds.</param>
    /// <param name="pool">The packet buffers that the shell receives into.</param>
    /// <param name="dtls">Makes DTLS associations.</param>
    /// <param name="entropy">Unpredictable bytes.</param>
    /// <param name="wake">Wakes the shell's loop from any thread, so that it calls <see cref="HandleTimeout"/> soon.</param>
    public ShardCore(ShardSettings settings, PacketPool pool, IDtlsEndpointFactory dtls, IEntropy entropy, Action wake) => throw new NotImplementedException();

    /// <summary>When <see cref="HandleTimeout"/> is to be called at the latest; <see cref="MonotonicTime.Never"/> when nothing waits.</summary>
    public MonotonicTime NextDeadline => throw new NotImplementedException();

    /// <summary>Takes a received datagram of <paramref name="length"/> bytes in pool slot <paramref name="slot"/>. The caller keeps its reference and releases it afterwards.</summary>
    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink => throw new NotImplementedException();

    /// <summary>Carries out a command.</summary>
    public void HandleCommand<TSink>(ShardCommand command, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => throw new NotImplementedException();

    /// <summary>Does what is due at <paramref name="now"/>, and moves DTLS handshakes on. Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>.</summary>
    public void HandleTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => throw new NotImplementedException();

    /// <summary>Takes the next event; false when there is none.</summary>
    public bool TryTakeEvent(out ShardEvent shardEvent) => throw new NotImplementedException();
}
