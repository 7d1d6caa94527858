namespace Parley.Rtc.Sdp;

/// <summary>The rules for the m-lines of an offer as a whole: names and bundle (RFC 9143).</summary>
internal static class OfferCheck
{
    public static SdpError? Run(SessionDescription offer)
    {
        if (offer.Media.Count == 0)
            return new(SdpErrorCodes.NoMedia, "The offer has no m-line.");
        HashSet<string> mids = [];
        foreach (SdpMedia media in offer.Media)
        {
            if (!IsMid(media.Mid))
            {
                return new(
                    SdpErrorCodes.MidInvalid,
                    $"M-line {mids.Count + 1} needs an a=mid of 1 to {SdpLimits.MaximumMidLength} ASCII characters without blanks.");
            }

            if (!mids.Add(media.Mid))
                return new(SdpErrorCodes.MidDuplicate, $"Two m-lines have a=mid:{media.Mid}.");
        }

        return CheckBundle(offer, mids);
    }

    private static SdpError? CheckBundle(SessionDescription offer, HashSet<string> mids)
    {
        if (offer.Bundle is null)
        {
            int wanted = offer.Media.Count(media => media.Kind is not null && !media.IsRejected);
            return wanted > 1
                ? new(SdpErrorCodes.BundleMissing, "The offer has several m-lines and no a=group:BUNDLE: all media shares one transport here.")
                : null;
        }

        string? unknown = offer.Bundle.FirstOrDefault(mid => !mids.Contains(mid));
        return unknown is null ? null : new(SdpErrorCodes.BundleUnknownMid, $"a=group:BUNDLE names \"{unknown}\", which is the mid of no m-line.");
    }

    private static bool IsMid(string mid)
    {
        foreach (char letter in mid)
        {
            if (letter is <= ' ' or > '~')
                return false;
        }

        return mid.Length is > 0 and <= SdpLimits.MaximumMidLength;
    }
}
