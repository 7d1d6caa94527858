namespace Parley.Server.Tunnel;

/// <summary>How datagrams are written to a stream.</summary>
internal interface IFraming
{
    /// <summary>Bytes that a frame may take beside its datagram.</summary>
    int Overhead { get; }

    /// <summary>Writes a datagram and returns the frame's length; 0 when it cannot be sent now.</summary>
    int Write(ReadOnlySpan<byte> datagram, Span<byte> destination);
}
