import type { Geofence } from '../route/geofence';

/** The words of docs/protocol.md about the fence and the route. Whatever stands here is said by the server; `RouteState` says what of it verified. */

/** What this participant needs to come through a node's tunnel, for a few minutes. */
export interface TunnelPass {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
  /** Seconds since 1970, by the node's clock. */
  readonly expires: number;
}

/** Who wrote an answer. */
export interface NodeReference {
  readonly id: string;
  readonly region: string;
  readonly statement: string;
  readonly tunnel?: TunnelPass;
}

/** A verdict as the node sends it. */
export interface WireVerdict {
  readonly id: string;
  readonly allowed: boolean;
  readonly rule: string;
  readonly scope: string;
  /** An English sentence. */
  readonly reason: string;
}

export interface RouteView {
  readonly epoch: number;
  readonly home: string;
  readonly fence: Geofence & { readonly platform?: Geofence | null; readonly regions: readonly WireVerdict[] };
  readonly participants: readonly {
    readonly id: string;
    readonly node: string | null;
    readonly region: string | null;
    readonly country?: string;
  }[];
  readonly relays: readonly { readonly from: string; readonly to: string }[];
  readonly nodes: readonly { readonly id: string; readonly region: string; readonly statement: string | null }[];
  /** One-way milliseconds between people. */
  readonly delays: {
    readonly worst: number | null;
    readonly mean: number | null;
    /** Something that enters them is estimated, not measured. */
    readonly computed: boolean;
  };
  /** One-way milliseconds between two nodes. */
  readonly legs: readonly { readonly a: string; readonly b: string; readonly ms: number; readonly computed: boolean }[];
}

/** What a fence would do to a meeting. */
export interface Consequences {
  readonly moves: number;
  readonly leaves: number;
  /** Participant ids, for hosts only. */
  readonly movers?: readonly string[];
  readonly leavers?: readonly string[];
  /** The worst delay between those who are in the meeting, before and after, ms. */
  readonly worstBefore: number | null;
  readonly worstAfter: number | null;
  /** By how much the delay of whoever loses most would grow, ms. */
  readonly growth: number;
  /** Something that enters the delays is estimated, not measured. */
  readonly computed: boolean;
}

export interface PreviewRequest {
  readonly fence?: Geofence;
  readonly roundTrips?: Readonly<Record<string, number>>;
  readonly place?: string;
  /** The fence stands for the meeting's own (a host's edit), not for a newcomer's. */
  readonly edits?: boolean;
}

export interface RoutePreview {
  /** At once; after people have moved; a host would be asked; not at all. */
  readonly outcome: 'admitted' | 'tightens' | 'asks' | 'refused';
  readonly home: string;
  readonly place: string;
  readonly node: string | null;
  readonly region: string | null;
  /** Expected one-way milliseconds between this person and the others, in the mean (to the node while nobody is there). */
  readonly delay: number | null;
  /** Something that enters the delay is estimated, not measured. */
  readonly computed: boolean;
  readonly regions: readonly WireVerdict[];
  readonly consequences: Consequences | null;
  readonly problem: unknown;
}

/** A newcomer's fence asks for more than a guest may do alone: a host decides. */
export interface TightenAsked {
  readonly request: string;
  readonly name: string;
  /** Null: it is no rule but where they are that a region cannot have. */
  readonly fence: Geofence | null;
  readonly consequences: Consequences;
}

/** What a `join` waits for: people who move first, a host. */
export interface JoinWaiting {
  readonly reason: 'moving' | 'host';
}

export interface Move {
  readonly reason: 'fence' | 'node-lost' | 'plan';
  readonly node: string;
  readonly region: string;
}
