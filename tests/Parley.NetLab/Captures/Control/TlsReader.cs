using System.Buffers.Binary;

namespace Parley.NetLab.Captures.Control;

/// <summary>Reads what both ends of a captured TLS 1.3 connection said (RFC 8446), with the secrets that they wrote down.</summary>
internal static class TlsReader
{
    private const int HeaderLength = 5;
    private const byte ChangeCipherSpec = 20;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const int RandomOffset = HeaderLength + 6; // After the handshake's type, length and version.
    private const int RandomLength = 32;

    /// <summary>What one end said, piece by piece with the time; false, with a sentence, when something of it cannot be read.</summary>
    /// <param name="stream">That end's bytes.</param>
    /// <param name="client">The client's bytes: its hello names the connection.</param>
    /// <param name="server">The server's: its hello names the cipher suite.</param>
    /// <param name="isClient">Whether that end is the client.</param>
    /// <param name="keys">The secrets.</param>
    /// <param name="said">What was said.</param>
    /// <param name="fault">What could not be read, and when it passed.</param>
    public static bool TryRead(ByteStream stream, ByteStream client, ByteStream server, bool isClient, KeyLog keys, out List<(long Time, byte[] Bytes)> said, out (long Time, string What)? fault)
    {
        said = [];
        fault = null;
        ReadOnlyMemory<byte> bytes = stream.Bytes;
        if (bytes.Length == 0)
            return true;
        if (FindKeys(client, server, isClient, keys, out RecordKey? handshake, out RecordKey? application) is { } missing)
        {
            // Hellos carry nothing; whatever follows would.
            if (IsHelloOnly(bytes.Span))
                return true;
            fault = (stream.TimeAt(0), missing);
            return false;
        }

        using (handshake)
        using (application)
        {
            for (int at = 0; at + HeaderLength <= bytes.Length;)
            {
                ReadOnlySpan<byte> header = bytes.Span.Slice(at, HeaderLength);
                int length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
                // The last record may be on its way still, or cut off for good: unread either way, and no whole record.
                if (at + HeaderLength + length > bytes.Length)
                    break;
                if (header[0] == ApplicationData)
                {
                    ReadOnlySpan<byte> body = bytes.Span.Slice(at + HeaderLength, length);
                    byte[]? plain = handshake!.Open(header, body) ?? application?.Open(header, body);
                    if (plain is null)
                    {
                        fault = (stream.TimeAt(at), "a TLS record that none of the connection's secrets opens");
                        return false;
                    }

                    Keep(plain, stream.TimeAt(at), said);
                }
                else if (header[0] is not (ChangeCipherSpec or Alert or Handshake))
                {
                    fault = (stream.TimeAt(at), $"bytes that are no TLS (record type {header[0]})");
                    return false;
                }

                at += HeaderLength + length;
            }
        }

        return true;
    }

    // The true type is the last byte that is not padding.
    private static void Keep(byte[] plain, long time, List<(long, byte[])> said)
    {
        int end = plain.Length - 1;
        while (end > 0 && plain[end] == 0)
            end--;
        if (plain.Length > 0 && plain[end] == ApplicationData && end > 0)
            said.Add((time, plain[..end]));
    }

    private static string? FindKeys(ByteStream client, ByteStream server, bool isClient, KeyLog keys, out RecordKey? handshake, out RecordKey? application)
    {
        (handshake, application) = (null, null);
        ReadOnlySpan<byte> hello = client.Bytes.Span;
        ReadOnlySpan<byte> answer = server.Bytes.Span;
        if (hello.Length < RandomOffset + RandomLength || hello[0] != Handshake)
            return "a connection that does not begin with TLS";
        int session = RandomOffset + RandomLength;
        if (answer.Length < session + 1 || answer[0] != Handshake || answer.Length < session + 3 + answer[session])
            return "a TLS connection without an answer";
        ushort suite = BinaryPrimitives.ReadUInt16BigEndian(answer[(session + 1 + answer[session])..]);
        ReadOnlySpan<byte> random = hello.Slice(RandomOffset, RandomLength);
        string end = isClient ? "CLIENT" : "SERVER";
        byte[]? first = keys.Find($"{end}_HANDSHAKE_TRAFFIC_SECRET", random);
        if (first is null)
            return "a TLS connection whose secrets nobody wrote down";
        handshake = new RecordKey(suite, first);
        // A handshake that never ended has none.
        application = keys.Find($"{end}_TRAFFIC_SECRET_0", random) is { } second ? new RecordKey(suite, second) : null;
        return null;
    }

    private static bool IsHelloOnly(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + HeaderLength <= bytes.Length; at += HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 3)..]))
        {
            if (bytes[at] is not (ChangeCipherSpec or Alert or Handshake))
                return false;
        }

        return true;
    }
}
