namespace Parley.NetLab.Network;

/// <summary>A packet on its way.</summary>
/// <param name="To">Where it will arrive.</param>
/// <param name="Buffer">Its bytes, of the emulator's pool.</param>
/// <param name="Length">How many of them.</param>
/// <param name="HasPassedTheLastLine">Whether the receiver's own line is behind it.</param>
internal readonly record struct Waiting(WanPort To, byte[] Buffer, int Length, bool HasPassedTheLastLine);
