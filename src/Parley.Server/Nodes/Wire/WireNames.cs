using Google.Protobuf.Collections;
using Parley.Routing.Grants;
using Parley.Server.Problems;
using Parley.Sfu.Rooms;

namespace Parley.Server.Nodes.Wire;

/// <summary>Small values, to and from the form in which they cross between nodes.</summary>
internal static class WireNames
{
    /// <summary>Writes a source.</summary>
    public static SourceName Write(SourceId source) => new() { Participant = source.Participant, Kind = (int)source.Kind };

    /// <summary>Reads a source; null when there is none, or of no known kind.</summary>
    public static SourceId? Read(SourceName? source) => source is not null && Kind(source.Kind) is { } kind ? new SourceId(source.Participant, kind) : null;

    /// <summary>Reads a kind of source; null when it is none.</summary>
    public static SourceKind? Kind(int value) => value is >= 0 and <= byte.MaxValue && Enum.IsDefined((SourceKind)value) ? (SourceKind)value : null;

    /// <summary>Reads which m-line carries what; those of unknown kinds are left out.</summary>
    public static Dictionary<string, SourceKind> Sources(MapField<string, int> sources) =>
        sources.Where(static entry => Kind(entry.Value) is not null).ToDictionary(static entry => entry.Key, static entry => (SourceKind)entry.Value);

    /// <summary>Writes a refusal; null is all well.</summary>
    public static Verdict Write(GrantRefusal? refusal) => refusal is null ? new Verdict() : new Verdict { Rule = refusal.Rule, Sentence = refusal.Sentence };

    /// <summary>Reads a refusal; null is all well.</summary>
    public static GrantRefusal? Read(Verdict? verdict) => verdict is null || verdict.Rule.Length == 0 ? null : new GrantRefusal(verdict.Rule, verdict.Sentence);

    /// <summary>Writes a problem.</summary>
    public static Problem Write(ProblemException problem) => new() { Code = problem.Code, Status = problem.Status, Title = problem.Title, Detail = problem.Message };

    /// <summary>Reads a problem.</summary>
    public static ProblemException Read(Problem problem) => new(problem.Code, problem.Status is >= 400 and <= 599 ? problem.Status : 500, problem.Title, problem.Detail);
}
