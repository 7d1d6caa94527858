import type { DeviceIdentity } from './deviceIdentity';
import type { Fault } from './faults';
import type { MeetingSecret } from './meetingSecret';
import type { DeliveryCallName, DeliveryCalls, DeliveryEventName } from './protocol';
import type { Suite, SuiteName } from './suites';

export interface MemberOptions {
  readonly meeting: string;
  readonly device: DeviceIdentity;
  /** From the link; null: the link has none, and roster and code alone guard the meeting. */
  readonly secret: MeetingSecret | null;
  /** Best first, not empty; the first is taken when this member makes the group. */
  readonly suites: readonly Suite[];
  /** As others shall see it. */
  readonly name: string;
}

/** What goes into a member. Times are milliseconds of a clock that does not go back. */
export type MemberInput =
  /** The answer of `join`: `participant` is the own id, `participants` all that are listed, the own id included. */
  | { readonly kind: 'joined'; readonly participant: string; readonly generation: number; readonly epoch: number; readonly creator: boolean; readonly resumed: boolean; readonly participants: readonly string[] }
  /** All that are listed now. */
  | { readonly kind: 'roster'; readonly participants: readonly string[] }
  | { readonly kind: 'event'; readonly name: DeliveryEventName; readonly argument: unknown }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  /** A call failed; `code` is the problem's, `generation` what it names. */
  | { readonly kind: 'refused'; readonly call: number; readonly code: string; readonly generation?: number }
  /** The connection is gone: no outstanding call will be answered. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'chat'; readonly id: string; readonly text: string }
  | { readonly kind: 'rename'; readonly name: string }
  /** Too much came at once; some of it was lost. */
  | { readonly kind: 'flooded' }
  /** Nothing but time has passed. */
  | { readonly kind: 'tick' };

/** Somebody in the group. */
export interface GroupMember {
  readonly leaf: number;
  readonly participant: string;
  /** Device key, base64url. */
  readonly device: string;
}

/** What media needs of an epoch: see {@link mediaContext}. */
export interface EpochKeys {
  readonly generation: number;
  readonly epoch: number;
  /** 32 bytes from the group's exporter. */
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly ownLeaf: number;
  readonly members: readonly GroupMember[];
}

export type MemberPhase =
  /** Not in an encrypted meeting yet. */
  | 'idle'
  /** Waits to be let in, for the first time or again. */
  | 'joining'
  | 'member';

export interface MemberStatus {
  readonly phase: MemberPhase;
  readonly generation: number;
  readonly epoch: number;
  /** Null until there is a group. */
  readonly suite: SuiteName | null;
  /** What keeps a hidden member out. */
  readonly guard: 'secret' | 'roster';
  /** Nothing may be sent: no key is in use, or a fault forbids it. */
  readonly stopped: boolean;
  readonly faults: readonly Fault[];
  readonly members: readonly GroupMember[];
  /** By participant, as they told it themselves or (at first) through the member who let this one in. */
  readonly names: Readonly<Record<string, string>>;
}

type Call = { [Name in DeliveryCallName]: { readonly kind: 'call'; readonly call: number; readonly name: Name; readonly argument: DeliveryCalls[Name] } }[DeliveryCallName];

export type MemberOutput =
  /** To be made on the hub and answered with the same number. */
  | Call
  /** Media of this epoch can be opened from now on. */
  | { readonly kind: 'epoch'; readonly keys: EpochKeys }
  /** Media is to be sealed with this epoch from now on; null: nothing is to be sent. */
  | { readonly kind: 'send-with'; readonly use: { readonly generation: number; readonly epoch: number } | null }
  /** The epoch's keys are to be deleted. */
  | { readonly kind: 'forget'; readonly generation: number; readonly epoch: number }
  | { readonly kind: 'status'; readonly status: MemberStatus }
  /** A fault came, standing (then it is in the status too) or passing. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'chat'; readonly from: string; readonly id: string; readonly text: string }
  /** The own message was taken, or could not be delivered. */
  | { readonly kind: 'chat-sent'; readonly id: string; readonly sent: boolean };
