namespace Parley.Rtc.Sdp;

/// <summary>Reads the lines of a description. Unknown lines and attributes are passed over, unreadable attributes too; the text's bounds are checked before any work.</summary>
internal sealed class SdpParser(int maximumMedia)
{
    private readonly List<SdpMedia> _media = [];
    private readonly List<SdpFingerprint> _fingerprints = [];
    private SdpMediaParser? _current;
    private ulong _sessionId;
    private ulong _sessionVersion;
    private List<string>? _bundle;
    private bool _iceLite;
    private bool _allowMixed;
    private string _ufrag = "";
    private string _password = "";
    private SdpSetup _setup;
    private SdpDirection _direction = SdpDirection.SendRecv;

    public SdpError? Parse(string text)
    {
        if (text.Length > SdpLimits.MaximumLength)
            return new(SdpErrorCodes.TooLarge, $"The description has {text.Length} characters; at most {SdpLimits.MaximumLength} are read.");
        int lines = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (++lines > SdpLimits.MaximumLines)
                return new(SdpErrorCodes.TooManyLines, $"The description has more than {SdpLimits.MaximumLines} lines.");
            if (lines == 1 && line is not "v=0")
                return new(SdpErrorCodes.Malformed, "This is no session description: the first line is not \"v=0\".");
            if (line.Length is < 2 or > SdpLimits.MaximumLineLength || line[1] != '=')
                continue;
            if (ReadLine(line[0], line[2..]) is SdpError error)
                return error;
        }

        Finish();
        return null;
    }

    public SessionDescription Build() => new()
    {
        SessionId = _sessionId,
        SessionVersion = _sessionVersion,
        Bundle = _bundle,
        IceLite = _iceLite,
        ExtmapAllowMixed = _allowMixed,
        IceUfrag = _ufrag,
        IcePassword = _password,
        Fingerprints = _fingerprints,
        Setup = _setup,
        Media = _media,
    };

    private SdpError? ReadLine(char type, ReadOnlySpan<char> value)
    {
        switch (type)
        {
            case 'm':
                return BeginMedia(value);
            case 'o' when _current is null:
                ReadOrigin(value);
                break;
            case 'a':
                int colon = value.IndexOf(':');
                ReadOnlySpan<char> name = colon < 0 ? value : value[..colon];
                ReadOnlySpan<char> rest = colon < 0 ? default : value[(colon + 1)..].Trim();
                if (_current is null)
                    ReadSessionAttribute(name, rest);
                else
                    _current.ReadAttribute(name, rest);
                break;
        }

        return null;
    }

    private SdpError? BeginMedia(ReadOnlySpan<char> value)
    {
        Finish();
        if (_media.Count >= maximumMedia)
            return new(SdpErrorCodes.TooManyMedia, $"The description has more than {maximumMedia} m-lines.");
        _current = SdpMediaParser.TryBegin(value, _direction);
        return _current is null ? new(SdpErrorCodes.Malformed, $"M-line {_media.Count + 1} cannot be read.") : null;
    }

    private void Finish()
    {
        if (_current is not null)
            _media.Add(_current.Build());
    }

    private void ReadOrigin(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        tokens.Next();
        _ = ulong.TryParse(tokens.Next(), out _sessionId);
        _ = ulong.TryParse(tokens.Next(), out _sessionVersion);
    }

    private void ReadSessionAttribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "group":
                ReadGroup(value);
                break;
            case "ice-lite":
                _iceLite = true;
                break;
            case "ice-ufrag":
                _ufrag = value.ToString();
                break;
            case "ice-pwd":
                _password = value.ToString();
                break;
            case "extmap-allow-mixed":
                _allowMixed = true;
                break;
            case "setup":
                _setup = SdpWords.ReadSetup(value);
                break;
            case "fingerprint":
                SdpMediaParser.ReadFingerprint(value, _fingerprints);
                break;
            default:
                if (SdpWords.TryReadDirection(name, out SdpDirection direction))
                    _direction = direction;
                break;
        }
    }

    private void ReadGroup(ReadOnlySpan<char> value)
    {
        SdpTokens tokens = new(value);
        if (tokens.Next() is not "BUNDLE" || _bundle is not null)
            return;
        _bundle = [];
        for (ReadOnlySpan<char> mid = tokens.Next(); !mid.IsEmpty && _bundle.Count <= maximumMedia; mid = tokens.Next())
            _bundle.Add(mid.ToString());
    }
}
