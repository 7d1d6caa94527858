namespace Parley.E2e.Support;

/// <summary>The longest pause between two pictures in ms, and how many pictures came.</summary>
internal sealed record Gaps(double Longest, int Frames);
