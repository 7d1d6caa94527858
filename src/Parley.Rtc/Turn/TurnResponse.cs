using System.Buffers.Binary;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>Writes the messages of a TURN server.</summary>
internal static class TurnResponse
{
    public static int WriteAllocated(in TurnMessage request, TransportAddress relayed, TransportAddress client, uint lifetime, TurnKey key, Span<byte> destination)
    {
        StunWriter writer = Begin(request, StunClass.SuccessResponse, destination);
        writer.AddXorAddress((ushort)TurnAttribute.XorRelayedAddress, relayed);
        writer.AddXorMappedAddress(client);
        AddLifetime(ref writer, lifetime);
        return Finish(ref writer, request, key, destination);
    }

    public static int WriteRefreshed(in TurnMessage request, uint lifetime, TurnKey key, Span<byte> destination)
    {
        StunWriter writer = Begin(request, StunClass.SuccessResponse, destination);
        AddLifetime(ref writer, lifetime);
        return Finish(ref writer, request, key, destination);
    }

    public static int WriteSuccess(in TurnMessage request, TurnKey key, Span<byte> destination)
    {
        StunWriter writer = Begin(request, StunClass.SuccessResponse, destination);
        return Finish(ref writer, request, key, destination);
    }

    public static int WriteError(in TurnMessage request, int code, TurnKey? key, Span<byte> destination)
    {
        StunWriter writer = Begin(request, StunClass.ErrorResponse, destination);
        writer.AddErrorCode(code, TurnErrors.Reason(code));
        if (code == TurnErrors.UnknownAttribute)
            writer.AddUnknownAttributes(request.Unknown);
        return key is null ? writer.Length : Finish(ref writer, request, key, destination);
    }

    public static int WriteChallenge(in TurnMessage request, int code, TurnSettings settings, Span<byte> destination)
    {
        StunWriter writer = Begin(request, StunClass.ErrorResponse, destination);
        writer.AddErrorCode(code, TurnErrors.Reason(code));
        writer.AddText((ushort)TurnAttribute.Realm, settings.Realm);
        writer.AddText((ushort)TurnAttribute.Nonce, settings.Nonce);
        return writer.Length;
    }

    public static int WriteData(ReadOnlySpan<byte> transactionId, TransportAddress peer, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        StunWriter writer = new(destination, (ushort)TurnMethod.Data, StunClass.Indication, transactionId);
        writer.AddXorAddress((ushort)TurnAttribute.XorPeerAddress, peer);
        writer.AddBytes((ushort)TurnAttribute.Data, data);
        return writer.Length;
    }

    private static StunWriter Begin(in TurnMessage request, StunClass messageClass, Span<byte> destination) => new(destination, (ushort)request.Method, messageClass, request.TransactionId);

    private static void AddLifetime(ref StunWriter writer, uint lifetime)
    {
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, lifetime);
        writer.AddBytes((ushort)TurnAttribute.Lifetime, value);
    }

    // The kind of integrity that the request had.
    private static int Finish(ref StunWriter writer, in TurnMessage request, TurnKey key, Span<byte> destination)
    {
        int offset = writer.Length;
        int length = request.UsesSha256 ? TurnKey.LongestIntegrity : StunConstants.IntegrityLength;
        Span<byte> integrity = stackalloc byte[TurnKey.LongestIntegrity];
        if (offset == 0)
            return 0;
        key.Compute(destination, offset, length, request.UsesSha256, integrity);
        writer.AddBytes((ushort)(request.UsesSha256 ? StunAttribute.MessageIntegritySha256 : StunAttribute.MessageIntegrity), integrity[..length]);
        return writer.Length;
    }
}
