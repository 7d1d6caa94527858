using System.Diagnostics;
using Parley.Cli.Load.Signalling;

namespace Parley.Comparison;

/// <summary>A server in the comparison: how it is started, when it is ready, how the load's peers meet it.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Start">Describes its process, given an empty folder for its files.</param>
/// <param name="Ready">An address that answers once it serves.</param>
/// <param name="Signalling">Makes the signalling for one run.</param>
internal sealed record Contender(string Name, Func<string, ProcessStartInfo> Start, Uri Ready, Func<ILoadSignalling> Signalling);
