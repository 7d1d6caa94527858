namespace Parley.Server.Problems;

/// <summary>The problems that Parley answers with: one place, so that a code always means the same.</summary>
internal static class Refusals
{
    public static ProblemException MeetingUnknown() =>
        new("meeting-unknown", 404, "No such meeting", "There is no meeting with this id. Check the link.");

    public static ProblemException MeetingEnded() =>
        new("meeting-ended", 410, "The meeting is over", "The host has ended this meeting.");

    public static ProblemException MeetingLocked() =>
        new("meeting-locked", 403, "The meeting is locked", "The host has locked this meeting: nobody else can join.");

    public static ProblemException MeetingFull(int most) =>
        new("meeting-full", 503, "The meeting is full", $"This meeting has the most participants it may have ({most}).");

    public static ProblemException HostKeyMissing() =>
        new("host-key-missing", 401, "Host key missing", "Send the meeting's host key: Authorization: Bearer HOSTKEY.");

    public static ProblemException HostKeyWrong() =>
        new("host-key-wrong", 403, "Wrong host key", "This is not the host key of this meeting.");

    public static ProblemException ParticipantUnknown() =>
        new("participant-unknown", 404, "No such participant", "Nobody with this id is in the meeting.");

    public static ProblemException ParticipantTaken(string id) =>
        new("participant-taken", 409, "Participant id in use", $"A participant with the id '{id}' is in the meeting already.");

    public static ProblemException SessionUnknown() =>
        new("session-unknown", 404, "No such session", "This session does not exist or has ended.");

    public static ProblemException NotJoined() =>
        new("not-joined", 409, "Not in a meeting", "Call join on this connection first.");

    public static ProblemException AlreadyJoined() =>
        new("already-joined", 409, "Already in a meeting", "This connection has joined a meeting. Leave it, or open another connection.");

    public static ProblemException BadField(string field, string rule) =>
        new("invalid-field", 400, "A field is invalid", $"'{field}' {rule}");

    public static ProblemException BadBody(string detail) => new("invalid-json", 400, "The JSON is invalid", detail);

    public static ProblemException OfferRefused(string detail) => new("offer-refused", 400, "The offer cannot be answered", detail);

    public static ProblemException OfferTooLarge(int most) =>
        new("offer-too-large", 413, "The offer is too large", $"An offer may have at most {most} bytes.");

    public static ProblemException WrongContentType(string expected) =>
        new("content-type-unsupported", 415, "Unsupported content type", $"Send the body as {expected}.");

    public static ProblemException LobbyUnavailable() =>
        new("lobby-unavailable", 422, "The lobby is not available", "This build has no lobby yet, so it refuses a meeting that asks for one rather than let everyone in.");

    public static ProblemException RegionUnknown(string region) =>
        new("region-unknown", 422, "No such region", $"There is no region '{region}' in the directory.");

    public static ProblemException TooMany(string what) =>
        new("rate-limited", 429, "Too many requests", $"{what} Try again in a minute.");

    public static ProblemException NodeFull() =>
        new("node-full", 503, "The node is full", "This node has as many connections as it takes. Try again in a moment.");

    public static ProblemException MediaUnavailable(string detail) =>
        new("media-unavailable", 503, "No media capacity", detail);

    public static ProblemException Stopping() =>
        new("node-stopping", 503, "The node is stopping", "This node is going down. Connect again in a moment.");
}
