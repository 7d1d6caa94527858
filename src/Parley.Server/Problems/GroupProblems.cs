namespace Parley.Server.Problems;

/// <summary>The problems of encrypted meetings.</summary>
internal static class GroupProblems
{
    public static ProblemException EncryptionOff() =>
        new("encryption-off", 409, "The meeting is not encrypted", "This meeting is not end-to-end encrypted, so it has no group.");

    public static ProblemException MeetingEncrypted() =>
        new("meeting-encrypted", 409, "The meeting is end-to-end encrypted",
            "WHIP and WHEP cannot take part in an end-to-end encrypted meeting: no server may read it. Make a meeting with \"e2ee\": \"off\", or turn encryption off before anyone joins.");

    public static ProblemException EncryptionFixed() =>
        new("encryption-fixed", 409, "Encryption cannot change any more", "Somebody has joined this meeting: whether it is end-to-end encrypted stays as it is. Make another meeting.");

    public static ProblemException GenerationStale(long generation, long epoch) =>
        new("generation-stale", 409, "Another group", "The group of this call is gone. Join the present one.", At(generation, epoch));

    public static ProblemException CommitStale(long generation, long epoch) =>
        new("commit-stale", 409, "Another commit was first", "The group has left this epoch. Take the commits since, and commit again what is left to do.", At(generation, epoch));

    public static ProblemException MessageStale(long generation, long epoch) =>
        new("message-stale", 409, "The epoch is over", "Not all members have the keys of this epoch any more. Encrypt the message again.", At(generation, epoch));

    public static ProblemException CommitUnasked() =>
        new("commit-unasked", 409, "Not asked for", "A commit adds and removes only whom this member was asked to, at least one newcomer needs a Welcome, and nobody removes itself.");

    public static ProblemException GroupLost(long generation, long epoch) =>
        new("group-lost", 409, "Too far behind", "The commits since that epoch are not kept any more. Leave the group and be added again.", At(generation, epoch));

    public static ProblemException GroupExists() =>
        new("group-exists", 409, "Somebody else makes the group", "Only the participant that was named makes the group, once. Join it.");

    public static ProblemException NotMember() =>
        new("not-a-member", 403, "Not a member", "This call is for members of the meeting's group.");

    public static ProblemException NewcomerUnknown() =>
        new("newcomer-unknown", 404, "No such newcomer", "This member was not asked to add this participant, or it is gone.");

    public static ProblemException TooLarge(string field, int most) =>
        new("mls-too-large", 413, "Too large", $"'{field}' may have at most {most} characters.");

    public static ProblemException TooMuch() =>
        new("rate-limited", 429, "Too many messages", "This member has sent much to the group in a short time. Try again in a moment.");

    public static ProblemException SecretWrong() =>
        new("secret-wrong", 403, "The link's secret is wrong", "The members of this meeting have refused you: the secret in your invitation link is not the meeting's. Ask for the link again, whole.");

    public static ProblemException KeyPackageRefused() =>
        new("key-package-refused", 403, "Refused by the members", "The members of this meeting could not add your device to its encryption. Load the page again.");

    public static ProblemException KeyPackageMissing() =>
        new("key-package-missing", 408, "No keys", "This meeting is end-to-end encrypted, and your device has offered no keys in time. Load the page again.");

    private static ProblemFacts At(long generation, long epoch) => new() { Generation = generation, Epoch = epoch };
}
