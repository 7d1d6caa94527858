using System.Security.Cryptography;

namespace Parley.Server.Meetings;

/// <summary>Ids and secrets within a meeting.</summary>
internal static class RandomIds
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 16;
    private const int SecretLength = 32;

    /// <summary>A participant of the web client.</summary>
    public static string Participant() => "p_" + RandomNumberGenerator.GetString(Letters, IdLength);

    /// <summary>A WHIP publisher.</summary>
    public static string Publisher() => "w_" + RandomNumberGenerator.GetString(Letters, IdLength);

    /// <summary>A WHEP player.</summary>
    public static string Player() => "v_" + RandomNumberGenerator.GetString(Letters, IdLength);

    /// <summary>What must not be guessed: 190 bits.</summary>
    public static string Secret() => RandomNumberGenerator.GetString(Letters, SecretLength);
}
