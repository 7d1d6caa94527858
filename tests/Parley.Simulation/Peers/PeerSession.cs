using Parley.Rtc.Ice;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Sdp;

namespace Parley.Simulation.Peers;

/// <summary>Offer and answer between a peer and the server, through the texts that would go over the wire.</summary>
public sealed class PeerSession
{
    private readonly OfferSettings _offer;
    private readonly PeerSettings _settings;
    private readonly IReadOnlyList<TransportAddress> _candidates;
    private readonly ReadOnlyMemory<byte> _serverFingerprint;
    private readonly SeededEntropy _entropy;
    private SessionDescription _description;

    /// <summary>Negotiates the first time.</summary>
    public PeerSession(PeerSettings settings, ReadOnlyMemory<byte> serverFingerprint, TransportAddress server, SeededEntropy entropy)
    {
        _settings = settings;
        _serverFingerprint = serverFingerprint;
        _candidates = [server];
        _entropy = entropy;
        byte[] fingerprint = new byte[32];
        entropy.Fill(fingerprint);
        _offer = new OfferSettings { Ufrag = entropy.NextIceText(8), Password = entropy.NextIceText(24), Fingerprint = fingerprint, Entropy = entropy, Rtx = settings.Rtx };
        _description = Offer(_offer);
        Agree(_offer, previous: null);
    }

    /// <summary>SHA-256 of the peer's certificate.</summary>
    public byte[] Fingerprint => _offer.Fingerprint;

    /// <summary>The offer.</summary>
    public SessionDescription Description => _description;

    /// <summary>What the server knows.</summary>
    public NegotiatedSession Server { get; private set; } = null!;

    /// <summary>What the peer knows.</summary>
    public RemoteAnswer Remote { get; private set; } = null!;

    /// <summary>The ids of header extensions, the same in all m-lines.</summary>
    public ExtensionMap Extensions => new(
        from media in Server.Media
        from kind in Enum.GetValues<ExtensionKind>()
        where kind != ExtensionKind.None && media.Extensions.Has(kind)
        select new KeyValuePair<byte, ExtensionKind>(media.Extensions.IdOf(kind), kind));

    /// <summary>The peer's ICE credentials.</summary>
    public IceCredentials LocalIce => new(Server.RemoteUfrag, Server.RemotePassword);

    /// <summary>The server's ICE credentials.</summary>
    public IceCredentials RemoteIce => new(Server.LocalUfrag, Server.LocalPassword);

    /// <summary>Negotiates again with new ICE credentials on both sides (an ICE restart).</summary>
    public void RestartIce()
    {
        OfferSettings offer = _offer with { Ufrag = _entropy.NextIceText(8), Password = _entropy.NextIceText(24) };
        _description = _description with
        {
            SessionVersion = _description.SessionVersion + 1,
            Media = [.. _description.Media.Select(media => media with { IceUfrag = offer.Ufrag, IcePassword = offer.Password })],
        };
        Agree(offer, Server);
    }

    private SessionDescription Offer(OfferSettings offer)
    {
        var builder = new OfferBuilder(offer);
        if (_settings.Microphone)
            builder.AddAudio(SdpDirection.SendOnly);
        if (_settings.Camera is { } camera)
            builder.AddVideo(SdpDirection.SendOnly, camera.Layers.Count > 1 ? [.. camera.Layers.Select(layer => layer.Rid)] : []);
        for (int i = 0; i < _settings.AudioSlots; i++)
            builder.AddAudio(SdpDirection.RecvOnly);
        for (int i = 0; i < _settings.VideoSlots; i++)
            builder.AddVideo(SdpDirection.RecvOnly);
        return builder.Build();
    }

    private void Agree(OfferSettings offer, NegotiatedSession? previous)
    {
        var settings = new AnswerSettings
        {
            Ufrag = _entropy.NextIceText(8),
            Password = _entropy.NextIceText(24),
            Fingerprint = _serverFingerprint.ToArray(),
            Candidates = _candidates,
            Entropy = _entropy,
            Previous = previous,
        };
        if (!Answerer.TryAnswer(_description.ToString(), settings, out SdpAnswer? answer, out SdpError? refusal))
            throw new InvalidOperationException($"The offer was refused: {refusal}");
        if (!AnswerReader.TryRead(answer.Text, offer.Ufrag, offer.Password, out RemoteAnswer? remote, out SdpError? error))
            throw new InvalidOperationException($"The answer cannot be read: {error}");
        Server = answer.Session;
        Remote = remote;
    }
}
