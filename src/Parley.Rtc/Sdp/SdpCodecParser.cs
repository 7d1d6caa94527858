namespace Parley.Rtc.Sdp;

/// <summary>Gathers the <c>a=rtpmap</c>, <c>a=fmtp</c> and <c>a=rtcp-fb</c> lines of one m-line, in whatever order they come.</summary>
internal sealed class SdpCodecParser
{
    private const int MaximumFeedback = 16;

    private readonly Dictionary<byte, SdpCodec> _maps = [];
    private readonly Dictionary<byte, string> _parameters = [];
    private readonly Dictionary<byte, List<string>> _feedback = [];
    private readonly List<string> _feedbackForAll = [];

    public void ReadMap(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        if (!TryReadPayloadType(tokens.Next(), out byte payloadType))
            return;
        ReadOnlySpan<char> encoding = tokens.Next();
        int slash = encoding.IndexOf('/');
        if (slash <= 0)
            return;
        ReadOnlySpan<char> rest = encoding[(slash + 1)..];
        int second = rest.IndexOf('/');
        if (!int.TryParse(second < 0 ? rest : rest[..second], out int clock) || clock <= 0)
            return;
        int channels = 0;
        if (second >= 0 && !int.TryParse(rest[(second + 1)..], out channels))
            return;
        _maps.TryAdd(payloadType, new SdpCodec
        {
            PayloadType = payloadType,
            Name = encoding[..slash].ToString(),
            ClockRate = clock,
            Channels = Math.Max(0, channels),
        });
    }

    public void ReadParameters(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        if (TryReadPayloadType(tokens.Next(), out byte payloadType))
            _parameters.TryAdd(payloadType, tokens.Rest.ToString());
    }

    public void ReadFeedback(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        ReadOnlySpan<char> format = tokens.Next();
        if (tokens.Rest.IsEmpty)
            return;
        if (format is "*")
            Add(_feedbackForAll, tokens.Rest);
        else if (TryReadPayloadType(format, out byte payloadType))
            Add(_feedback.TryGetValue(payloadType, out List<string>? list) ? list : _feedback[payloadType] = [], tokens.Rest);
    }

    public List<SdpCodec> Build(IReadOnlyList<string> formats)
    {
        List<SdpCodec> codecs = [];
        foreach (string format in formats)
        {
            // Taken out of the table, so that a payload type that is listed twice counts once.
            if (!TryReadPayloadType(format, out byte payloadType) || !_maps.Remove(payloadType, out SdpCodec? codec))
                continue;
            List<string> feedback = _feedback.GetValueOrDefault(payloadType, []);
            foreach (string message in _feedbackForAll)
                Add(feedback, message);
            codecs.Add(codec with { FormatParameters = _parameters.GetValueOrDefault(payloadType, ""), Feedback = feedback });
        }

        return codecs;
    }

    private static bool TryReadPayloadType(ReadOnlySpan<char> text, out byte payloadType) =>
        byte.TryParse(text, out payloadType) && payloadType < 128;

    private static void Add(List<string> list, ReadOnlySpan<char> message)
    {
        if (list.Count < MaximumFeedback)
        {
            string text = message.ToString();
            if (!list.Contains(text))
                list.Add(text);
        }
    }
}
