namespace Parley.Rtc.Sdp;

/// <summary>Reads one m-line and the attributes under it.</summary>
internal sealed class SdpMediaParser
{
    private readonly SdpMedia _line;
    private readonly SdpCodecParser _codecs = new();
    private readonly SdpSsrcParser _ssrcs = new();
    private readonly List<SdpFingerprint> _fingerprints = [];
    private readonly List<SdpCandidate> _candidates = [];
    private readonly List<SdpExtension> _extensions = [];
    private readonly List<SdpRid> _rids = [];
    private readonly List<NegotiatedRid> _simulcastSend = [];
    private readonly List<NegotiatedRid> _simulcastReceive = [];
    private SdpDirection _direction;
    private SdpSetup _setup;
    private string _mid = "";
    private string _ufrag = "";
    private string _password = "";
    private string _msid = "";
    private bool _bundleOnly;
    private bool _rtcpMux;
    private bool _reducedSize;
    private bool _allowMixed;
    private bool _endOfCandidates;
    private int _sctpPort;

    private SdpMediaParser(SdpMedia line, SdpDirection direction)
    {
        _line = line;
        _direction = direction;
    }

    public static SdpMediaParser? TryBegin(ReadOnlySpan<char> value, SdpDirection direction)
    {
        SdpTokens tokens = new(value);
        string type = tokens.Next().ToString();
        ReadOnlySpan<char> ports = tokens.Next();
        int slash = ports.IndexOf('/');
        if (!ushort.TryParse(slash < 0 ? ports : ports[..slash], out ushort port))
            return null;
        string protocol = tokens.Next().ToString();
        List<string> formats = [];
        for (ReadOnlySpan<char> format = tokens.Next(); !format.IsEmpty && formats.Count < SdpLimits.MaximumFormats; format = tokens.Next())
            formats.Add(format.ToString());
        if (protocol.Length == 0 || formats.Count == 0)
            return null;
        return new SdpMediaParser(new SdpMedia { Type = type, Port = port, Protocol = protocol, Formats = formats }, direction);
    }

    public static void ReadFingerprint(ReadOnlySpan<char> value, List<SdpFingerprint> into)
    {
        SdpTokens tokens = new(value);
        string algorithm = tokens.Next().ToString().ToLowerInvariant();
        if (SdpFingerprint.TryParse(tokens.Next(), out byte[] bytes) && into.Count < SdpLimits.MaximumRids)
            into.Add(new SdpFingerprint(algorithm, bytes));
    }

    public SdpMedia Build() => _line with
    {
        Mid = _mid,
        Direction = _direction,
        BundleOnly = _bundleOnly,
        RtcpMux = _rtcpMux,
        ReducedSizeRtcp = _reducedSize,
        ExtmapAllowMixed = _allowMixed,
        IceUfrag = _ufrag,
        IcePassword = _password,
        Fingerprints = _fingerprints,
        Setup = _setup,
        Candidates = _candidates,
        EndOfCandidates = _endOfCandidates,
        Codecs = _codecs.Build(_line.Formats),
        Extensions = _extensions,
        Rids = _rids,
        SimulcastSend = _simulcastSend,
        SimulcastReceive = _simulcastReceive,
        Msid = _msid,
        Ssrcs = _ssrcs.Ssrcs,
        SsrcGroups = _ssrcs.Groups,
        SctpPort = _sctpPort,
    };

    public void ReadAttribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "rtpmap":
                _codecs.ReadMap(value);
                break;
            case "fmtp":
                _codecs.ReadParameters(value);
                break;
            case "rtcp-fb":
                _codecs.ReadFeedback(value);
                break;
            case "ssrc":
                _ssrcs.ReadSsrc(value);
                break;
            case "ssrc-group":
                _ssrcs.ReadGroup(value);
                break;
            case "extmap":
                ReadExtension(value);
                break;
            case "rid":
                ReadRid(value);
                break;
            case "simulcast":
                ReadSimulcast(value);
                break;
            default:
                ReadTransportAttribute(name, value);
                break;
        }
    }

    private void ReadTransportAttribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "mid":
                _mid = value.ToString();
                break;
            case "msid":
                _msid = value.ToString();
                break;
            case "ice-ufrag":
                _ufrag = value.ToString();
                break;
            case "ice-pwd":
                _password = value.ToString();
                break;
            case "fingerprint":
                ReadFingerprint(value, _fingerprints);
                break;
            case "setup":
                _setup = SdpWords.ReadSetup(value);
                break;
            case "candidate":
                if (_candidates.Count < SdpLimits.MaximumEntries && SdpCandidate.TryParse(value, out SdpCandidate? candidate))
                    _candidates.Add(candidate!);
                break;
            case "sctp-port":
                _ = int.TryParse(value, out _sctpPort);
                break;
            default:
                ReadFlag(name);
                break;
        }
    }

    private void ReadFlag(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "rtcp-mux" or "rtcp-mux-only":
                _rtcpMux = true;
                break;
            case "rtcp-rsize":
                _reducedSize = true;
                break;
            case "bundle-only":
                _bundleOnly = true;
                break;
            case "extmap-allow-mixed":
                _allowMixed = true;
                break;
            case "end-of-candidates":
                _endOfCandidates = true;
                break;
            default:
                if (SdpWords.TryReadDirection(name, out SdpDirection direction))
                    _direction = direction;
                break;
        }
    }

    private void ReadExtension(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        ReadOnlySpan<char> key = tokens.Next();
        ReadOnlySpan<char> uri = tokens.Next();
        SdpDirection direction = SdpDirection.SendRecv;
        int slash = key.IndexOf('/');
        if (slash >= 0 && !SdpWords.TryReadDirection(key[(slash + 1)..], out direction))
            return;
        if (byte.TryParse(slash < 0 ? key : key[..slash], out byte id) && id > 0 && !uri.IsEmpty && _extensions.Count < SdpLimits.MaximumEntries)
            _extensions.Add(new SdpExtension(id, uri.ToString(), direction));
    }

    private void ReadRid(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        ReadOnlySpan<char> id = tokens.Next();
        ReadOnlySpan<char> direction = tokens.Next();
        if (IsRid(id) && direction is "send" or "recv" && _rids.Count < SdpLimits.MaximumRids)
            _rids.Add(new SdpRid(id.ToString(), direction is "send", tokens.Rest.ToString()));
    }

    private void ReadSimulcast(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        for (ReadOnlySpan<char> direction = tokens.Next(); !direction.IsEmpty; direction = tokens.Next())
        {
            ReadOnlySpan<char> list = tokens.Next();
            List<NegotiatedRid> into = direction is "send" ? _simulcastSend : _simulcastReceive;
            if (direction is not ("send" or "recv") || into.Count > 0)
                continue;
            foreach (Range range in list.Split(';'))
            {
                ReadOnlySpan<char> stream = list[range];
                int comma = stream.IndexOf(',');
                stream = comma < 0 ? stream : stream[..comma];
                bool paused = stream.StartsWith("~");
                stream = paused ? stream[1..] : stream;
                if (IsRid(stream) && into.Count < SdpLimits.MaximumRids)
                    into.Add(new NegotiatedRid(stream.ToString(), paused));
            }
        }
    }

    // RFC 8851 section 10, and what fits a one-byte header extension.
    private static bool IsRid(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > 16)
            return false;
        foreach (char letter in id)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
