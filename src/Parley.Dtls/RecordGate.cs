using System.Buffers.Binary;
using Org.BouncyCastle.Tls;

namespace Parley.Dtls;

/// <summary>
/// Keeps records from the library that it would handle badly; used by one thread at a time.
/// (1) As server: a client's ChangeCipherSpec before its CertificateVerify. The library changes keys as soon as it sees the former, and then drops the latter
/// for ever, as of a past epoch: one lost or reordered datagram would fail the handshake. What is held back is dropped; the client sends its flight again.
/// (2) An encrypted record too short for nonce and tag: the library fails the whole association, where RFC 6347 section 4.1.2.7 wants it ignored.
/// </summary>
internal sealed class RecordGate(bool awaitCertificateVerify)
{
    // RFC 6347 sections 4.1 and 4.2.2; RFC 5288 section 3: 8 bytes of nonce, 16 of tag.
    private const int RecordHeaderLength = 13;
    private const int MessageHeaderLength = 12;
    private const int MinimumEncrypted = 8 + 16;

    private bool _open = !awaitCertificateVerify;
    private int _covered;

    /// <summary>How many bytes of the datagram may pass: all, or those before the first record that must not.</summary>
    public int Admit(ReadOnlySpan<byte> datagram)
    {
        int offset = 0;
        while (datagram.Length - offset >= RecordHeaderLength)
        {
            ReadOnlySpan<byte> record = datagram[offset..];
            int length = BinaryPrimitives.ReadUInt16BigEndian(record[11..]);
            if (length > record.Length - RecordHeaderLength)
                return offset;
            int epoch = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            if (epoch != 0 && (!_open || length < MinimumEncrypted))
                return offset;
            if (record[0] == ContentType.change_cipher_spec && !_open)
                return offset;
            if (record[0] == ContentType.handshake && epoch == 0)
                Follow(record.Slice(RecordHeaderLength, length));
            offset += RecordHeaderLength + length;
        }

        return offset;
    }

    // Fragments count in their order alone; a client's retransmission brings them in order.
    private void Follow(ReadOnlySpan<byte> messages)
    {
        while (messages.Length >= MessageHeaderLength)
        {
            int total = ReadUInt24(messages[1..]), start = ReadUInt24(messages[6..]), length = ReadUInt24(messages[9..]);
            if (length > messages.Length - MessageHeaderLength)
                return;
            if (messages[0] == HandshakeType.certificate_verify && start <= _covered)
            {
                _covered = Math.Max(_covered, start + length);
                _open |= _covered >= total;
            }

            messages = messages[(MessageHeaderLength + length)..];
        }
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
