using Parley.Server.Encryption.Events;
using Parley.Server.Problems;

namespace Parley.Server.Encryption;

/// <summary>What the delivery service wants done: one of the two is set.</summary>
/// <param name="Participant">Whom it concerns.</param>
/// <param name="Event">To be told.</param>
/// <param name="Expulsion">It is to be taken out of the meeting, for this reason.</param>
internal readonly record struct DeliveryAction(string Participant, GroupEvent? Event, ProblemException? Expulsion);
