namespace Parley.Server.Problems;

/// <summary>Carries a problem from where it was found (a grain, perhaps on another silo) to the edge that answers with it.</summary>
[GenerateSerializer]
internal sealed class ProblemException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ProblemException(string code, int status, string title, string detail, ProblemFacts? facts = null)
        : base(detail)
    {
        Code = code;
        Status = status;
        Title = title;
        Facts = facts;
    }

    /// <summary>See <see cref="Problem.Code"/>.</summary>
    [Id(0)]
    public string Code { get; private set; }

    /// <summary>See <see cref="Problem.Status"/>.</summary>
    [Id(1)]
    public int Status { get; private set; }

    /// <summary>See <see cref="Problem.Title"/>.</summary>
    [Id(2)]
    public string Title { get; private set; }

    /// <summary>What it says beside its sentence; null: nothing.</summary>
    [Id(3)]
    public ProblemFacts? Facts { get; private set; }

    /// <summary>The problem.</summary>
    public Problem ToProblem() => Problem.Of(Code, Status, Title, Message) with
    {
        Scope = Facts?.Scope,
        Regions = Facts?.Regions,
        Conflicts = Facts?.Conflicts,
        FrontDoor = Facts?.FrontDoor,
        Location = Facts?.Location,
        Generation = Facts?.Generation,
        Epoch = Facts?.Epoch,
    };
}
