using Parley.Rtc.Stun;

namespace Parley.Rtc.Tests.Ice;

/// <summary>A check as a browser writes it, with what a test wants changed.</summary>
internal sealed record PeerCheck
{
    public StunClass Class { get; init; } = StunClass.Request;

    public string Username { get; init; } = "node:peer";

    public string? Password { get; init; } = IceFixture.Local.Password;

    public bool Nominates { get; init; }

    public uint? Nomination { get; init; }

    public bool Controlled { get; init; }

    public bool Fingerprint { get; init; } = true;

    public static PeerCheck WithNewCredentials { get; } = new() { Username = "node2:peer2", Password = IceFixture.NewLocal.Password };

    public byte[] Write()
    {
        byte[] bytes = new byte[StunConstants.MaximumLength];
        StunWriter writer = new(bytes, Class, "transaction1"u8);
        writer.AddUsername(System.Text.Encoding.ASCII.GetBytes(Username));
        writer.AddPriority(1);
        if (Controlled)
            writer.AddControlled(7);
        else
            writer.AddControlling(7);
        if (Nominates)
            writer.AddUseCandidate();
        if (Nomination is uint nomination)
            writer.AddNomination(nomination);
        if (Password is not null)
        {
            using StunIntegrityKey key = new(Password);
            writer.AddIntegrity(key);
        }

        if (Fingerprint)
            writer.AddFingerprint();
        return bytes[..writer.Length];
    }
}
