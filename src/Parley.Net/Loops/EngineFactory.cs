using Parley.Sfu.Packets;

namespace Parley.Net.Loops;

/// <summary>Makes the engine of a loop over its packet buffers; <paramref name="wake"/> asks, from any thread, for a call of <see cref="IShardEngine.HandleTimeout"/> soon.</summary>
internal delegate TEngine EngineFactory<TEngine>(PacketPool pool, Action wake)
    where TEngine : IShardEngine;
