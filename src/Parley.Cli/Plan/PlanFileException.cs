namespace Parley.Cli.Plan;

/// <summary>A file of <c>parley plan</c> does not say what it should.</summary>
public sealed class PlanFileException : Exception
{
    /// <summary>With what is wrong, as a sentence.</summary>
    public PlanFileException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong, as a sentence, and its cause.</summary>
    public PlanFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason.</summary>
    public PlanFileException()
    {
    }
}
