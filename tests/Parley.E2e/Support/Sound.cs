namespace Parley.E2e.Support;

/// <summary>What was heard since the connection began: energy (grows while there is sound), samples concealed and played.</summary>
internal sealed record Sound(double Energy, double Concealed, double Samples);
