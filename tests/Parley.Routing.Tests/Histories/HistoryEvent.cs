namespace Parley.Routing.Tests.Histories;

/// <summary>What can happen.</summary>
internal enum HistoryEvent
{
    Join,
    JoinWithFence,
    JoinStrictly,
    JoinAsHost,
    Leave,
    EditMeeting,
    EditOther,
    NodeDies,
    NodeReturns,
    ControlIsCut,
    ControlIsMended,
    DirectoryChanges,
    DelaysChange,
    HomeRestarts,
    Wait,
}
