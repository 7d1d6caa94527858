namespace Parley.NetLab.Captures.Control;

/// <summary>A TCP connection to a node's control port, each direction as its sender's interface saw it.</summary>
/// <param name="client">The address that connected.</param>
/// <param name="server">The address of the control endpoint.</param>
internal sealed class ControlConnection(uint client, uint server)
{
    public uint ClientAddress => client;

    public uint ServerAddress => server;

    public ByteStream Client { get; } = new();

    public ByteStream Server { get; } = new();

    /// <summary>Whether it leads to or from an address.</summary>
    public bool Touches(uint address) => client == address || server == address;
}
