namespace Parley.Rtc.Srtp;

/// <summary>The word behind an SRTCP packet: E bit and 31-bit index (RFC 3711 section 3.4).</summary>
internal static class SrtcpIndex
{
    public const uint EncryptedBit = 0x8000_0000;
    public const uint Mask = 0x7FFF_FFFF;
}
