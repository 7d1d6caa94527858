using Parley.Net.Entropy;
using Parley.Rtc.Sdp;
using Parley.Sfu.Transports;

namespace Parley.Cli.Load.Signalling;

/// <summary>The load's session descriptions: video only, without retransmission and feedback, since what is lost is to be counted.</summary>
public static class LoadSdp
{
    /// <summary>An offer that publishes one video.</summary>
    public static SessionDescription PublishOffer(LocalPeer local) => OfferBuilder.Publish(Settings(local), audio: false, video: true);

    /// <summary>An offer that plays so many videos.</summary>
    public static SessionDescription PlayOffer(LocalPeer local, int videos) => OfferBuilder.Play(Settings(local), audio: 0, video: videos);

    /// <summary>The answer of a subscriber to a server that makes the offers: takes everything, begins DTLS.</summary>
    public static SessionDescription AnswerTo(SessionDescription offer, LocalPeer local) => offer with
    {
        IceLite = false,
        IceUfrag = "",
        IcePassword = "",
        Fingerprints = [],
        Media = [.. offer.Media.Select(media => media with
        {
            Direction = SdpDirection.RecvOnly,
            IceUfrag = local.Ufrag,
            IcePassword = local.Password,
            Fingerprints = [new(SdpFingerprint.Sha256, local.Fingerprint)],
            Setup = SdpSetup.Active,
            Candidates = [],
            Ssrcs = [],
            SsrcGroups = [],
            Msid = "",
        })],
    };

    /// <summary>Reads a server's answer or offer.</summary>
    /// <param name="text">The server's description.</param>
    /// <param name="local">Ours.</param>
    /// <param name="offer">What we offered, when we publish.</param>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says why.</exception>
    public static RemotePeer Read(string text, LocalPeer local, SessionDescription? offer = null)
    {
        if (!AnswerReader.TryRead(text, local.Ufrag, local.Password, out RemoteAnswer? remote, out SdpError? error))
            throw new InvalidOperationException($"The server's session description cannot be used: {error.Detail}");
        if (remote.Candidates.Count == 0)
            throw new InvalidOperationException("The server's session description names no UDP address.");
        NegotiatedSession session = remote.Session;
        byte payloadType = session.Media[0].Codecs is [var codec, ..] ? codec.PayloadType : (byte)0;
        DtlsRole role = remote.Setup == SdpSetup.Active ? DtlsRole.Server : DtlsRole.Client;
        uint ssrc = offer?.Media[0].Ssrcs is [var named, ..] ? named.Ssrc : 0;
        return new(session.RemoteUfrag, session.RemotePassword, session.RemoteFingerprint, remote.Candidates[0], payloadType, ssrc, role);
    }

    private static OfferSettings Settings(LocalPeer local) => new()
    {
        Ufrag = local.Ufrag,
        Password = local.Password,
        Fingerprint = local.Fingerprint,
        Entropy = new SystemEntropy(),
        Rtx = false,
        TransportSequence = false,
    };
}
