namespace Parley.Rtc.Ice;

/// <summary>One side's ICE user fragment and password (RFC 8445 section 5.3).</summary>
/// <param name="Ufrag">4 to 256 ice-chars.</param>
/// <param name="Password">22 to 256 ice-chars.</param>
public sealed record IceCredentials(string Ufrag, string Password)
{
    /// <summary>Never shows the password: a record's own text would.</summary>
    public override string ToString() => $"IceCredentials {{ {Ufrag} }}";
}
