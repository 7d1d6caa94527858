using Parley.Server.Configuration;
using Parley.Server.Keys;
using Parley.Server.Problems;
using Parley.Server.Storage;

namespace Parley.Server.Meetings;

/// <summary>Who may come in, and as whom.</summary>
internal sealed class Admission(NodeOptions options, ResumeTokens tokens, NodeActivity activity, TimeProvider time)
{
    /// <summary>Refuses a newcomer where the meeting or the node takes none.</summary>
    public void Check(MeetingRecord record, MeetingState meeting)
    {
        if (activity.Stopping)
            throw Refusals.Stopping();
        if (record.Locked)
            throw Refusals.MeetingLocked();
        if (meeting.Roster.Count + meeting.Players + meeting.Arriving >= options.MaximumParticipants)
            throw Refusals.MeetingFull(options.MaximumParticipants);
    }

    /// <summary>
    /// Reads a resume token for this meeting. It gives a place back while the meeting still keeps it; and, for one resume window after the node started, a place from before the start,
    /// which the node cannot remember. Null: the token gives nothing.
    /// </summary>
    public ResumeFacts? Resume(string? token, string meeting, MeetingState state)
    {
        if (token is null || tokens.Read(token) is not { } facts || facts.Meeting != meeting)
            return null;
        if (state.Roster.Find(facts.Participant) is { } kept)
            return kept.Since == facts.Since ? facts : null;
        bool fromBefore = facts.Issued < activity.Started.ToUnixTimeMilliseconds();
        return fromBefore && time.GetUtcNow() - activity.Started < options.ResumeWindow ? facts : null;
    }

    /// <summary>Makes a participant's resume token.</summary>
    public string Token(string meeting, Participant participant) =>
        tokens.Make(new ResumeFacts(meeting, participant.Id, participant.Since, time.GetUtcNow().ToUnixTimeMilliseconds()));
}
