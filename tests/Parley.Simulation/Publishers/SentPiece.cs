using Parley.Rtc.Primitives;
using Parley.Simulation.Payloads;

namespace Parley.Simulation.Publishers;

/// <summary>A sent packet as a publisher remembers it.</summary>
/// <param name="Sequence">Its extended number.</param>
/// <param name="Timestamp">Its timestamp.</param>
/// <param name="Piece">Its payload.</param>
/// <param name="ResentAt">When it was sent again last; zero for never.</param>
public record struct SentPiece(long Sequence, uint Timestamp, Vp8Piece Piece, MonotonicTime ResentAt);
