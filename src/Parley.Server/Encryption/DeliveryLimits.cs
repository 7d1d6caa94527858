namespace Parley.Server.Encryption;

/// <summary>What the delivery service keeps, and for how long it waits. Times are milliseconds, lengths are of base64url text.</summary>
internal static class DeliveryLimits
{
    /// <summary>Commits kept for members that come back.</summary>
    public const int LogLength = 32;

    /// <summary>The most text that the kept commits may hold together.</summary>
    public const int LogSize = 8 * 1024 * 1024;

    /// <summary>From so many people on changes are gathered longer.</summary>
    public const int ManyPeople = 20;

    /// <summary>How long changes are gathered after the last ones were asked for, among few people.</summary>
    public const int GatherFew = 200;

    /// <summary>The same among many people: each epoch costs each of them.</summary>
    public const int GatherMany = 1000;

    /// <summary>How long a committer may take before another one is asked too.</summary>
    public const int CommitPatience = 1000;

    /// <summary>How long the founder of a group may take while others wait.</summary>
    public const int FoundingPatience = 5000;

    /// <summary>How long changes may wait for a member that can commit them, before the group counts as lost.</summary>
    public const int LossPatience = 5000;

    /// <summary>How long a participant may be without a key package; the others take ten seconds of it for an attack.</summary>
    public const int KeyPackagePatience = 8000;

    /// <summary>So many members must refuse a newcomer, or all that could, where they are fewer.</summary>
    public const int RefusalsNeeded = 3;

    /// <summary>After so many committers fell silent over a newcomer, it counts as refused.</summary>
    public const int MostStrikes = 6;

    /// <summary>Application messages may be so many epochs old.</summary>
    public const int MessageAge = 1;

    /// <summary>What may wait for one slow member: so many events...</summary>
    public const int OutboxLength = 256;

    /// <summary>... of so much text.</summary>
    public const int OutboxSize = 4 * 1024 * 1024;
}
