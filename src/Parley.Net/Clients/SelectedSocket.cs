namespace Parley.Net.Clients;

/// <summary>Which socket of a set sends now.</summary>
internal sealed class SelectedSocket
{
    /// <summary>Its number; -1 before the first.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Its file descriptor.</summary>
    public int Descriptor { get; set; } = -1;
}
