namespace Parley.Rtc.Srtp;

/// <summary>The master keys and salts of both directions, as DTLS-SRTP exports them (RFC 5764 section 4.2).</summary>
/// <param name="Profile">The agreed profile.</param>
/// <param name="LocalKey">Our master key: 16 or 32 bytes.</param>
/// <param name="LocalSalt">Our master salt: 12 (GCM) or 14 bytes.</param>
/// <param name="RemoteKey">The peer's master key.</param>
/// <param name="RemoteSalt">The peer's master salt.</param>
public sealed record SrtpKeys(SrtpProfile Profile, byte[] LocalKey, byte[] LocalSalt, byte[] RemoteKey, byte[] RemoteSalt)
{
    /// <summary>Never shows key bytes: a record's own text would.</summary>
    public override string ToString() => $"SrtpKeys {{ {Profile} }}";
}
