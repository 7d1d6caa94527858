using System.Text;
using Parley.Rtc.Ice;
using Parley.Rtc.Stun;
using Parley.Server.Media;

namespace Parley.Server.Tunnel;

/// <summary>
/// What of one connection may reach a shard: first only connectivity checks whose ICE user fragment belongs to whom the connection is for, and the rest once the shard has answered one. The
/// shard verifies the checks themselves.
/// </summary>
/// <param name="media">Who knows the user fragments.</param>
/// <param name="user">Whom it is for; null: whoever the first check names.</param>
internal sealed class UfragGate(IMediaNode media, TunnelUser? user)
{
    private volatile UfragOwner? _owner;
    private volatile string _ufrag = "";
    private volatile bool _isAnswered;
    private byte[] _bytes = [];

    /// <summary>Whom the last check that passed belongs to; null before the first.</summary>
    public UfragOwner? Owner => _owner;

    /// <summary>Whether the transport that it leads to is still open; true before there is one.</summary>
    public bool IsOpen => _owner is null || media.FindOwner(_ufrag) is not null;

    /// <summary>Told, on any thread, when the shard has answered.</summary>
    public Action? Answered { get; init; }

    /// <summary>Whether the shard has answered.</summary>
    public bool IsAnswered => _isAnswered;

    /// <summary>The shard has answered.</summary>
    public void Answer()
    {
        if (_isAnswered)
            return;
        _isAnswered = true;
        Answered?.Invoke();
    }

    /// <summary>Why a datagram may not pass; null when it may.</summary>
    public string? Check(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < StunConstants.HeaderLength || datagram[0] > 3)
            return _isAnswered ? null : TunnelReasons.Unchecked;
        if (!StunMessage.TryParse(datagram, out StunMessage message))
            return TunnelReasons.Malformed;
        if (message.Class != StunClass.Request)
            return _isAnswered ? null : TunnelReasons.Unchecked;
        if (message.Method != StunConstants.BindingMethod || !message.HasIntegrity || !IceUsername.TrySplit(message.Username, out ReadOnlySpan<byte> local, out _) || !message.IsFingerprintValid())
            return TunnelReasons.Malformed;
        return local.SequenceEqual(_bytes) ? null : Learn(Encoding.UTF8.GetString(local));
    }

    // The first check, or the first after an ICE restart.
    private string? Learn(string ufrag)
    {
        if (media.FindOwner(ufrag) is not { } owner)
            return TunnelReasons.UnknownUfrag;
        bool isForeign = user is { } named && (owner.Meeting != named.Meeting || owner.Participant != named.Participant);
        if (isForeign || (_owner is { } before && before != owner))
            return TunnelReasons.ForeignUfrag;
        _bytes = Encoding.UTF8.GetBytes(ufrag);
        _ufrag = ufrag;
        _owner = owner;
        return null;
    }
}
