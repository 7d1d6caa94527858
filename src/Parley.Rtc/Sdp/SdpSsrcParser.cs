namespace Parley.Rtc.Sdp;

/// <summary>Gathers the <c>a=ssrc</c> and <c>a=ssrc-group</c> lines of one m-line.</summary>
internal sealed class SdpSsrcParser
{
    public List<SdpSsrc> Ssrcs { get; } = [];

    public List<SdpSsrcGroup> Groups { get; } = [];

    public void ReadSsrc(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        if (!uint.TryParse(tokens.Next(), out uint ssrc) || ssrc == 0)
            return;
        int index = Ssrcs.FindIndex(known => known.Ssrc == ssrc);
        if (index < 0)
        {
            if (Ssrcs.Count >= SdpLimits.MaximumEntries)
                return;
            index = Ssrcs.Count;
            Ssrcs.Add(new SdpSsrc(ssrc));
        }

        ReadOnlySpan<char> attribute = tokens.Rest;
        if (attribute.StartsWith("cname:"))
            Ssrcs[index] = Ssrcs[index] with { CName = attribute["cname:".Length..].ToString() };
        else if (attribute.StartsWith("msid:"))
            Ssrcs[index] = Ssrcs[index] with { Msid = attribute["msid:".Length..].ToString() };
    }

    public void ReadGroup(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        string semantics = tokens.Next().ToString();
        List<uint> members = [];
        for (ReadOnlySpan<char> word = tokens.Next(); !word.IsEmpty && members.Count < SdpLimits.MaximumRids; word = tokens.Next())
        {
            if (uint.TryParse(word, out uint ssrc) && ssrc != 0)
                members.Add(ssrc);
        }

        if (members.Count > 0 && Groups.Count < SdpLimits.MaximumEntries)
            Groups.Add(new SdpSsrcGroup(semantics, members));
    }
}
