namespace Parley.Sfu.Rooms;

/// <summary>One room on a relay link.</summary>
/// <param name="Room">The room.</param>
/// <param name="Row">Its row.</param>
/// <param name="Sent">The layers that went out; each crosses once, however many subscribers want it at the other end.</param>
/// <param name="Received">The layers that came in.</param>
public sealed record RelayRowStatistics(RoomId Room, uint Row, IReadOnlyList<RelayLayerStatistics> Sent, IReadOnlyList<RelayLayerStatistics> Received);
