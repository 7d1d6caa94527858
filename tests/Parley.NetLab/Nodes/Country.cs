namespace Parley.NetLab.Nodes;

/// <summary>Where somebody or something of the lab stands.</summary>
internal enum Country
{
    Germany,
    Sweden,
    America,
}
