using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Keys;

/// <summary>
/// What a participant shows to get its place back: its facts and an HMAC-SHA256 over them, so that the node needs no memory of it across a restart.
/// The algorithm is fixed and never named in the token.
/// </summary>
internal sealed class ResumeTokens(byte[] key)
{
    private const int MaximumLength = 512;

    /// <summary>Makes a token. None of the texts may hold '|'.</summary>
    public string Make(ResumeFacts facts)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{facts.Meeting}|{facts.Participant}|{facts.Since}|{facts.Issued}");
        return $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, body))}";
    }

    /// <summary>Reads a token; null when it is not one of ours.</summary>
    public ResumeFacts? Read(string token)
    {
        int dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > MaximumLength || dot < 0 || !TryDecode(token.AsSpan(0, dot), out byte[] body) || !TryDecode(token.AsSpan(dot + 1), out byte[] mac))
            return null;
        if (!CryptographicOperations.FixedTimeEquals(mac, HMACSHA256.HashData(key, body)))
            return null;
        string[] parts = Encoding.UTF8.GetString(body).Split('|');
        return parts is [var meeting, var participant, var since, var issued] && long.TryParse(since, out long sinceValue) && long.TryParse(issued, out long issuedValue)
            ? new ResumeFacts(meeting, participant, sinceValue, issuedValue)
            : null;
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        byte[] buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        bool valid = Base64Url.DecodeFromChars(text, buffer, out _, out int written) == System.Buffers.OperationStatus.Done;
        bytes = buffer[..written];
        return valid;
    }
}
