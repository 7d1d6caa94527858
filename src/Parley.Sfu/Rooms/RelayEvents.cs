namespace Parley.Sfu.Rooms;

/// <summary>A relay link has keys and carries the rows that both ends joined.</summary>
public sealed record RelayLinkConnected(RelayLinkId Link) : ShardEvent;

/// <summary>A relay link ended, and its rows with it.</summary>
public sealed record RelayLinkClosed(RelayLinkId Link, RelayCloseReason Reason) : ShardEvent;
