using System.Net;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>One <c>a=candidate</c> (RFC 8839 section 5.1).</summary>
public sealed record SdpCandidate
{
    /// <summary>What candidates of one kind share.</summary>
    public required string Foundation { get; init; }

    /// <summary>1 for RTP (and, with rtcp-mux, all).</summary>
    public int Component { get; init; } = 1;

    /// <summary><c>udp</c> or <c>tcp</c>, lower case.</summary>
    public string Protocol { get; init; } = "udp";

    /// <summary>Larger is better.</summary>
    public required uint Priority { get; init; }

    /// <summary>An IP address, or a name (mDNS).</summary>
    public required string Address { get; init; }

    /// <summary>The port.</summary>
    public required ushort Port { get; init; }

    /// <summary><c>host</c>, <c>srflx</c>, <c>prflx</c> or <c>relay</c>.</summary>
    public string Type { get; init; } = "host";

    /// <summary><c>active</c>, <c>passive</c> or <c>so</c> (RFC 6544 section 4.5); empty for UDP.</summary>
    public string TcpType { get; init; } = "";

    /// <summary>The address as a value; null where a name is written.</summary>
    public TransportAddress? TransportAddress =>
        IPAddress.TryParse(Address, out IPAddress? address) ? Primitives.TransportAddress.From(address, Port) : null;

    /// <summary>Reads what follows <c>candidate:</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SdpCandidate? candidate)
    {
        candidate = null;
        SdpTokens tokens = new(text);
        string foundation = tokens.Next().ToString();
        if (!int.TryParse(tokens.Next(), out int component))
            return false;
        string protocol = tokens.Next().ToString().ToLowerInvariant();
        if (!uint.TryParse(tokens.Next(), out uint priority))
            return false;
        string address = tokens.Next().ToString();
        if (!ushort.TryParse(tokens.Next(), out ushort port) || tokens.Next() is not "typ")
            return false;
        string type = tokens.Next().ToString();
        if (foundation.Length == 0 || address.Length == 0 || type.Length == 0)
            return false;
        candidate = new SdpCandidate
        {
            Foundation = foundation,
            Component = component,
            Protocol = protocol,
            Priority = priority,
            Address = address,
            Port = port,
            Type = type,
            TcpType = ReadTcpType(ref tokens),
        };
        return true;
    }

    private static string ReadTcpType(ref SdpTokens tokens)
    {
        // Extensions come in pairs of name and value (RFC 8839 section 5.1).
        for (ReadOnlySpan<char> name = tokens.Next(); !name.IsEmpty; name = tokens.Next())
        {
            ReadOnlySpan<char> value = tokens.Next();
            if (name is "tcptype")
                return value.ToString();
        }

        return "";
    }

    /// <summary>What follows <c>candidate:</c>.</summary>
    public override string ToString() => $"{Foundation} {Component} {Protocol} {Priority} {Address} {Port} typ {Type}{(TcpType.Length > 0 ? " tcptype " + TcpType : "")}";
}
