using Google.Protobuf;
using Parley.Routing.Directory;
using Parley.Server.Nodes;
using Parley.Server.Nodes.Wire;
using Parley.Sfu.Rooms;

namespace Parley.Fuzz.Targets;

/// <summary>What nodes say to each other over gRPC: the first byte of the input chooses the message, the rest is the message. What is no message is refused by the reader; what is one is read without a fault.</summary>
internal static class NodeControlTarget
{
    public static void Run(byte[] input)
    {
        if (input.Length == 0)
            return;
        ReadOnlySpan<byte> message = input.AsSpan(1);
        try
        {
            switch (input[0] % 6)
            {
                case 0:
                    Command(RoomCommand.Parser.ParseFrom(message));
                    break;
                case 1:
                    News(RoomNews.Parser.ParseFrom(message));
                    break;
                case 2:
                    Relay(RelayCall.Parser.ParseFrom(message));
                    break;
                case 3:
                    RelayAnswer answer = RelayAnswer.Parser.ParseFrom(message);
                    Peer(answer.Statement, answer.Port, answer.Ufrag);
                    _ = WireNames.Read(answer.Verdict);
                    break;
                case 4:
                    _ = PingAnswer.Parser.ParseFrom(message).Delays.Count(static delay => double.IsFinite(delay.RoundTrip));
                    break;
                default:
                    _ = GrantCall.Parser.ParseFrom(message).Grant.Length;
                    break;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // gRPC answers the caller with a status.
        }
    }

    private static void Command(RoomCommand command)
    {
        switch (command.WhatCase)
        {
            case RoomCommand.WhatOneofCase.Connect:
                Parley.Server.Media.MediaOffer offer = WireOffers.Read(command.Connect);
                if (!WireOffers.Write(offer).Equals(WireOffers.Write(WireOffers.Read(WireOffers.Write(offer)))))
                    throw new InvalidOperationException("An offer changes on its way.");
                break;
            case RoomCommand.WhatOneofCase.Renegotiate:
                _ = WireNames.Sources(command.Renegotiate.Sources);
                break;
            case RoomCommand.WhatOneofCase.View:
                SourceWish[] wishes = WireOffers.Read(command.View);
                if (wishes.Any(static wish => !Enum.IsDefined(wish.Source.Kind)))
                    throw new InvalidOperationException("A source of no kind is wished for.");
                break;
            case RoomCommand.WhatOneofCase.Mute:
                _ = WireNames.Kind(command.Mute.Source);
                break;
        }
    }

    private static void News(RoomNews news)
    {
        if (news.WhatCase == RoomNews.WhatOneofCase.Problem && WireNames.Read(news.Problem).Status is < 400 or > 599)
            throw new InvalidOperationException("A problem is none.");
        _ = WireNames.Read(news.Ended);
        if (WireEvents.Read(news) is not { } happened || happened is StatisticsReported)
            return;
        RoomNews written = WireEvents.Write(happened) ?? throw new InvalidOperationException("An event that crossed cannot cross again.");
        if (!written.Equals(WireEvents.Write(WireEvents.Read(written)!)))
            throw new InvalidOperationException("An event changes on its way.");
    }

    private static void Relay(RelayCall call)
    {
        Peer(call.Statement, call.Port, call.Ufrag);
        _ = call.Links.Count + call.Row + call.Grant.Length + call.Password.Length;
    }

    // The statement's text is taken for its content here: what is signed is as hostile as what is not.
    private static void Peer(string statement, int port, string ufrag)
    {
        _ = RelayNames.IsUfrag(ufrag);
        if (NodeStatementSigner.TryVerify(statement, "n_fra", FuzzWorld.Directory, FuzzWorld.Now, out _, out string? reason) || reason is not { Length: > 0 })
            throw new InvalidOperationException("A statement of chance is believed.");
        NodeStatement said = new() { Node = "n_fra", Region = "eu-fra", Fingerprint = statement, Addresses = [new NodeAddress(statement, port, "udp"), new NodeAddress("127.0.0.1", port, "udp")], Issued = 0, Expires = 0 };
        _ = Fingerprints.Read(said.Fingerprint);
        if (RelayNames.Addresses(said, port).Any(address => address.Port != port))
            throw new InvalidOperationException("An address of another port.");
    }
}
