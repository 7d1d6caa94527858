using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Ice;

/// <summary>
/// One pair of credentials as the receiver of checks holds it: authenticates requests and signs responses, both with the local password (RFC 8445 section 7.3).
/// The cheap tests come first, since a flood may ask for them.
/// </summary>
internal sealed class CheckAuthenticator : IDisposable
{
    private readonly byte[] _username;
    private readonly StunIntegrityKey _key;

    public CheckAuthenticator(IceCredentials local, IceCredentials remote)
    {
        _username = IceUsername.Format(local.Ufrag, remote.Ufrag);
        _key = new StunIntegrityKey(local.Password);
    }

    public bool MatchesUsername(in StunMessage request) => request.Username.SequenceEqual(_username);

    public bool IsAuthentic(in StunMessage request) => request.IsIntegrityValid(_key);

    public int WriteSuccess(in StunMessage request, TransportAddress source, Span<byte> response)
    {
        StunWriter writer = new(response, StunClass.SuccessResponse, request.TransactionId);
        writer.AddXorMappedAddress(source);
        return Finish(ref writer);
    }

    public int WriteRoleConflict(in StunMessage request, Span<byte> response)
    {
        StunWriter writer = new(response, StunClass.ErrorResponse, request.TransactionId);
        writer.AddErrorCode(StunConstants.RoleConflict, "Role Conflict");
        return Finish(ref writer);
    }

    public int WriteUnknownAttributes(in StunMessage request, Span<byte> response)
    {
        StunWriter writer = new(response, StunClass.ErrorResponse, request.TransactionId);
        writer.AddErrorCode(StunConstants.UnknownAttribute, "Unknown Attribute");
        writer.AddUnknownAttributes(request.Unknown);
        return Finish(ref writer);
    }

    public void Dispose() => _key.Dispose();

    private int Finish(ref StunWriter writer)
    {
        writer.AddIntegrity(_key);
        writer.AddFingerprint();
        return writer.Length;
    }
}
