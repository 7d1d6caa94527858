using Parley.Server.Problems;

namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsRefuse</c>: this member does not add a newcomer that it was asked to add.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record RefuseNewcomer : GroupCall
{
    /// <summary>The newcomer has not proved the meeting's secret.</summary>
    public const string SecretWrong = "secret-wrong";

    /// <summary>Its key package is none, or not its own.</summary>
    public const string PackageInvalid = "package-invalid";

    /// <summary>The newcomer.</summary>
    [Id(0)]
    public required string Participant { get; init; }

    /// <summary>Why.</summary>
    [Id(1)]
    public required string Reason { get; init; }

    /// <inheritdoc />
    public override void Check()
    {
        if (Reason is not (SecretWrong or PackageInvalid))
            throw Refusals.BadField("reason", $"must be \"{SecretWrong}\" or \"{PackageInvalid}\".");
    }
}
