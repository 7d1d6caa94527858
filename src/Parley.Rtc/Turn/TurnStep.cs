namespace Parley.Rtc.Turn;

/// <summary>What came of a frame and what is to be done.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="ResponseLength">Bytes of the response to send; 0: none.</param>
/// <param name="DataOffset">With <see cref="TurnOutcome.Data"/>: where the datagram begins in the frame.</param>
/// <param name="DataLength">Its length.</param>
public readonly record struct TurnStep(TurnOutcome Outcome, int ResponseLength = 0, int DataOffset = 0, int DataLength = 0);
