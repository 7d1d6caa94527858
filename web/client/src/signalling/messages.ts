import type { Geofence } from '../route/geofence';
import type { Problem } from './problem';
import type { JoinWaiting, Move, NodeReference, RouteView, TightenAsked } from './routeMessages';

/** The words of docs/protocol.md, one type each. */

export type SourceName = 'microphone' | 'camera' | 'screen' | 'screenAudio';

/** What each sending m-line carries, by mid. */
export type Tracks = Record<string, SourceName>;

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Place in the order of joining. */
  readonly since: number;
}

export interface MeetingState {
  readonly id: string;
  readonly title: string;
  readonly e2ee: 'off' | 'required';
  readonly locked: boolean;
}

/** From the RTP timestamp `from` on, the slot's track is that participant's; null: the slot is empty. */
export interface SlotChange {
  readonly mid: string;
  readonly participant: string | null;
  readonly source: SourceName | null;
  readonly from: number | null;
}

export interface JoinRequest {
  readonly meeting: string;
  readonly name: string;
  readonly offer: string;
  readonly tracks: Tracks;
  readonly resume?: string;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** The newcomer's own. */
  readonly fence?: Geofence;
  /** Milliseconds by region, as measured. */
  readonly roundTrips?: Readonly<Record<string, number>>;
  readonly hostKey?: string;
  /** A pretended country, where the operator allows that. */
  readonly place?: string;
}

export interface Joined {
  readonly participant: string;
  readonly resume: string;
  readonly answer: string;
  readonly meeting: MeetingState;
  readonly participants: readonly Participant[];
  readonly slots: readonly SlotChange[];
  readonly speaker: string | null;
  /** Whether this participant is a host. */
  readonly host: boolean;
  /** The country the front door places it in; ZZ: not known. */
  readonly place: string;
  readonly node: NodeReference;
  readonly route: RouteView;
}

export interface Negotiated {
  readonly answer: string;
  readonly node: NodeReference;
}

export interface NegotiateRequest {
  readonly offer: string;
  readonly tracks: Tracks;
  /** "This is a new peer connection." */
  readonly restart?: boolean;
}

export interface Wish {
  readonly participant: string;
  readonly source: SourceName;
  /** Device pixels. */
  readonly height: number;
}

/** 1 poor, 2 fair, 3 good. */
export type QualityLevel = 1 | 2 | 3;

/** Events from the node, by name, with their one argument. */
export interface SignallingEvents {
  participantJoined: Participant;
  participantUpdated: Participant;
  participantLeft: { readonly id: string };
  slotChanged: SlotChange;
  speakerChanged: { readonly dominant: string | null; readonly audible: readonly string[] };
  quality: { readonly levels: Readonly<Record<string, QualityLevel>> };
  mediaLost: { readonly reason: string };
  meetingChanged: { readonly title: string; readonly locked: boolean };
  stopping: Record<string, never>;
  ended: { readonly reason: string; readonly problem?: Problem | null };
  joinWaiting: JoinWaiting;
  move: Move;
  routeChanged: RouteView;
  tightenAsked: TightenAsked;
  tightenWithdrawn: { readonly request: string };
}

export type SignallingEventName = keyof SignallingEvents;

export const signallingEventNames: readonly SignallingEventName[] = [
  'participantJoined',
  'participantUpdated',
  'participantLeft',
  'slotChanged',
  'speakerChanged',
  'quality',
  'mediaLost',
  'meetingChanged',
  'stopping',
  'ended',
  'joinWaiting',
  'move',
  'routeChanged',
  'tightenAsked',
  'tightenWithdrawn',
];
