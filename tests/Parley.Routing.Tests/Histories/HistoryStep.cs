namespace Parley.Routing.Tests.Histories;

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Who">To whom or what, counted round the world's.</param>
/// <param name="What">With which rule, place or answer.</param>
/// <param name="Wait">Milliseconds after the step before.</param>
internal readonly record struct HistoryStep(HistoryEvent Kind, int Who, int What, int Wait);
