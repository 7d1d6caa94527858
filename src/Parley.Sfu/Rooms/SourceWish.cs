namespace Parley.Sfu.Rooms;

/// <summary>A picture that a subscriber wants to see.</summary>
/// <param name="Source">Whose.</param>
/// <param name="Height">How tall it is shown, in device pixels; the smallest layer that is at least so tall is chosen, else the tallest.</param>
public readonly record struct SourceWish(SourceId Source, int Height);
