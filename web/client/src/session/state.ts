import type { Problem } from '../signalling/problem';
import type { MeetingState, Participant, QualityLevel, SignallingEvents } from '../signalling/messages';
import { plainFence, type Geofence } from '../route/geofence';
import { initialRoute, type RouteState } from '../route/state';
import type { JoinWaiting, Move, TightenAsked } from '../signalling/routeMessages';
import type { SlotContent } from '../slots/slotTable';

export type Phase =
  /** First try, or still trying for the first time. */
  | 'joining'
  | 'live'
  /** Was live; signalling is lost and being made again. */
  | 'reconnecting'
  /** The node said no, and trying again would not help. */
  | 'refused'
  /** A check of the route failed: `route.failure` says which. */
  | 'unverified'
  | 'ended'
  | 'left';

/** What a host is asked; a fence that says nothing: it is about where the newcomer is. */
export type TightenQuestion = TightenAsked & { readonly fence: Geofence };

/** Everything an interface shows of a meeting. */
export interface SessionState {
  readonly phase: Phase;
  readonly problem: Problem | null;
  readonly endReason: string;
  /** Failed tries in a row, for words like "still trying". */
  readonly attempts: number;
  /** Whether media gets through: not yet, yes, or interrupted. */
  readonly path: 'opening' | 'up' | 'down';
  readonly self: string | null;
  readonly meeting: MeetingState | null;
  /** Everyone, in the order of joining. */
  readonly participants: readonly Participant[];
  readonly dominant: string | null;
  readonly audible: readonly string[];
  readonly levels: Readonly<Record<string, QualityLevel>>;
  /** The own path as this client measures it. */
  readonly ownLevel: QualityLevel;
  /** Cameras that are being received, by participant. */
  readonly pictures: Readonly<Record<string, SlotContent>>;
  readonly host: boolean;
  /** The country in which the front door places this participant; ZZ: not known; empty before the join. */
  readonly place: string;
  /** The own geofence for this meeting. */
  readonly fence: Geofence;
  /** What the join waits for; null: for nothing unusual. */
  readonly waiting: JoinWaiting['reason'] | null;
  /** For hosts: newcomers' fences to decide about, oldest first. */
  readonly questions: readonly TightenQuestion[];
  /** The move to another node that goes on now. */
  readonly moving: Move | null;
  readonly route: RouteState;
}

export const initialState: SessionState = {
  phase: 'joining',
  problem: null,
  endReason: '',
  attempts: 0,
  path: 'opening',
  self: null,
  meeting: null,
  participants: [],
  dominant: null,
  audible: [],
  levels: {},
  ownLevel: 3,
  pictures: {},
  host: false,
  place: '',
  fence: {},
  waiting: null,
  questions: [],
  moving: null,
  route: initialRoute,
};

const byJoining = (a: Participant, b: Participant): number => a.since - b.since;

/** Adds or replaces a participant; the order stays that of joining. */
export function withParticipant(list: readonly Participant[], one: Participant): readonly Participant[] {
  return [...list.filter((other) => other.id !== one.id), one].sort(byJoining);
}

/** The change an event makes to the state; events that only concern the connection change nothing here. */
export function reduce<E extends keyof SignallingEvents>(
  state: SessionState,
  event: E,
  argument: SignallingEvents[E],
): Partial<SessionState> {
  const events: Partial<{ [K in keyof SignallingEvents]: (value: SignallingEvents[K]) => Partial<SessionState> }> = {
    participantJoined: (value) => ({ participants: withParticipant(state.participants, value) }),
    participantUpdated: (value) => ({ participants: withParticipant(state.participants, value) }),
    participantLeft: ({ id }) => ({
      participants: state.participants.filter((participant) => participant.id !== id),
      audible: state.audible.filter((other) => other !== id),
      dominant: state.dominant === id ? null : state.dominant,
    }),
    speakerChanged: ({ dominant, audible }) => ({ dominant, audible }),
    quality: ({ levels }) => ({ levels: { ...state.levels, ...levels } }),
    joinWaiting: ({ reason }) => ({ waiting: reason }),
    tightenAsked: (value) => ({
      questions: [...state.questions.filter((one) => one.request !== value.request), { ...value, fence: plainFence(value.fence) }],
    }),
    tightenWithdrawn: ({ request }) => ({ questions: state.questions.filter((one) => one.request !== request) }),
    meetingChanged: ({ title, locked }) => (state.meeting ? { meeting: { ...state.meeting, title, locked } } : {}),
  };
  return events[event]?.(argument) ?? {};
}

/** Cameras by participant, for the people who are here. */
export function picturesOf(contents: readonly SlotContent[]): Readonly<Record<string, SlotContent>> {
  return Object.fromEntries(
    contents.filter(({ source }) => source === 'camera').map((content) => [content.participant, content]),
  );
}
