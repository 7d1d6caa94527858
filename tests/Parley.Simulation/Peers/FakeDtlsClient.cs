using Parley.Rtc.Primitives;
using Parley.Rtc.Srtp;

namespace Parley.Simulation.Peers;

/// <summary>The client's end of the handshake without cryptography: says hello until it is answered. The keys are random and shared with the server beforehand.</summary>
public sealed class FakeDtlsClient
{
    private static readonly TimeSpan Repetition = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes a client and shares its keys.</summary>
    public FakeDtlsClient(byte[] fingerprint, FakeDtlsFactory server, IEntropy entropy)
    {
        byte[] localKey = Draw(entropy, 16), localSalt = Draw(entropy, 12), remoteKey = Draw(entropy, 16), remoteSalt = Draw(entropy, 12);
        Keys = new SrtpKeys(SrtpProfile.AeadAes128Gcm, localKey, localSalt, remoteKey, remoteSalt);
        server.Share(fingerprint, new SrtpKeys(SrtpProfile.AeadAes128Gcm, remoteKey, remoteSalt, localKey, localSalt));
    }

    /// <summary>The keys, of use once <see cref="IsConnected"/>.</summary>
    public SrtpKeys Keys { get; }

    /// <summary>Whether the server has answered.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>When the hello is to be sent (again).</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Begins: the first hello is due now.</summary>
    public void Start(MonotonicTime now)
    {
        if (!IsConnected && NextDeadline == MonotonicTime.Never)
            NextDeadline = now;
    }

    /// <summary>The hello if it is due; empty when not.</summary>
    public ReadOnlySpan<byte> TakeDue(MonotonicTime now)
    {
        if (now < NextDeadline)
            return default;
        NextDeadline = now + Repetition;
        return FakeDtlsEndpoint.Hello;
    }

    /// <summary>Takes a datagram of the server; true when it ends the handshake.</summary>
    public bool Handle(ReadOnlySpan<byte> datagram)
    {
        if (IsConnected || !datagram.SequenceEqual(FakeDtlsEndpoint.Finished))
            return false;
        NextDeadline = MonotonicTime.Never;
        return IsConnected = true;
    }

    private static byte[] Draw(IEntropy entropy, int length)
    {
        byte[] bytes = new byte[length];
        entropy.Fill(bytes);
        return bytes;
    }
}
