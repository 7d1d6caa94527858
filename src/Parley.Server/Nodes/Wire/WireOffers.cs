using Parley.Server.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes.Wire;

/// <summary>Offers, to and from the form in which they cross between nodes.</summary>
internal static class WireOffers
{
    /// <summary>Writes an offer.</summary>
    public static Offer Write(MediaOffer offer)
    {
        Offer written = new() { Participant = offer.Participant, Sdp = offer.Sdp, Directions = (int)offer.Directions, Mode = (int)offer.Mode, Since = offer.Since };
        if (offer.Subject is { } subject)
            written.Subject = subject;
        foreach ((string mid, SourceKind kind) in offer.Sources)
            written.Sources[mid] = (int)kind;
        return written;
    }

    /// <summary>Reads an offer.</summary>
    public static MediaOffer Read(Offer offer) => new()
    {
        Participant = offer.Participant,
        Sdp = offer.Sdp,
        Sources = WireNames.Sources(offer.Sources),
        Directions = Enum.IsDefined((MediaDirections)offer.Directions) ? (MediaDirections)offer.Directions : MediaDirections.Both,
        Mode = offer.Mode is >= 0 and <= byte.MaxValue && Enum.IsDefined((SubscriptionMode)offer.Mode) ? (SubscriptionMode)offer.Mode : default,
        Since = offer.Since,
        Subject = offer.HasSubject ? offer.Subject : null,
    };

    /// <summary>Writes an answer.</summary>
    public static Answer Write(MediaAnswer answer)
    {
        Answer written = new() { Transport = answer.Transport.Value, Sdp = answer.Sdp, Audio = answer.Audio, Video = answer.Video };
        if (answer.Tunnel is { } pass)
        {
            written.Tunnel = new Tunnel { Username = pass.Username, Credential = pass.Credential, Expires = pass.Expires };
            written.Tunnel.Urls.Add(pass.Urls);
        }

        return written;
    }

    /// <summary>Reads an answer.</summary>
    public static MediaAnswer Read(Answer answer) => new(new TransportId(answer.Transport), answer.Sdp, answer.Audio, answer.Video)
    {
        Tunnel = answer.Tunnel is { } pass ? new TunnelPass([.. pass.Urls], pass.Username, pass.Credential, pass.Expires) : null,
    };

    /// <summary>Writes a view.</summary>
    public static View Write(TransportId transport, IReadOnlyList<SourceWish> wishes)
    {
        View written = new() { Transport = transport.Value };
        written.Wishes.Add(wishes.Select(static wish => new View.Types.Wish { Source = WireNames.Write(wish.Source), Height = wish.Height }));
        return written;
    }

    /// <summary>Reads a view's wishes; those for sources of unknown kinds are left out.</summary>
    public static SourceWish[] Read(View view) =>
        [.. view.Wishes.Where(static wish => WireNames.Read(wish.Source) is not null).Select(static wish => new SourceWish(WireNames.Read(wish.Source)!.Value, wish.Height))];
}
