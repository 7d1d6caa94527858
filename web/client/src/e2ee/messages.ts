import type { DropCounts, DropReason } from '../sframe/dropReason';
import type { SlotChange, SourceName } from '../signalling/messages';

/** What a transform is for, given with it. */
export type TransformOptions =
  | { readonly side: 'send'; readonly source: SourceName }
  /** Connections are numbered in the order of making, and so are the slots of each. */
  | { readonly side: 'receive'; readonly connection: number; readonly slot: number; readonly kind: 'audio' | 'video' };

/** An epoch of the group, as it crosses to the worker where the keys were agreed on elsewhere. */
export interface EpochMessage {
  readonly type: 'epoch';
  readonly generation: number;
  readonly epoch: number;
  /** The exported secret, 32 bytes; transferred, and wiped once it has been taken in. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** Leaf and participant. */
  readonly members: readonly (readonly [number, string])[];
  readonly self: number;
}

/** From the page to the worker. */
export type ToMediaWorker =
  | EpochMessage
  /** Every member has the epoch: it can be sent in. */
  | { readonly type: 'allHave'; readonly generation: number; readonly epoch: number }
  /** A slot of a connection changed hands. */
  | { readonly type: 'slot'; readonly connection: number; readonly slot: number; readonly change: SlotChange }
  | { readonly type: 'connectionOver'; readonly connection: number }
  /** A slot's picture does not begin: a key frame shall be asked for. */
  | { readonly type: 'keyFrame'; readonly connection: number; readonly slot: number }
  | { readonly type: 'statistics'; readonly request: number };

/** Something that people must know of a slot: its frames have not opened for a while. */
export interface MediaNotice {
  readonly code: 'frames-undecryptable' | 'old-epoch-replay' | 'stream-swapped';
  /** Null: a slot of which nothing has been told. */
  readonly mid: string | null;
  /** Whom the slot shows. */
  readonly participant: string | null;
  /** Whose key the frames name, where that is known. */
  readonly sender: string | null;
  readonly why: DropReason;
}

/** What happened to the frames of one source that is sent, or of one slot. */
export interface FrameCounts {
  /** Sealed or opened. */
  readonly passed: number;
  readonly dropped: Readonly<DropCounts>;
  /** By how many bytes the passed ones were longer when sealed. */
  readonly bytesAdded: number;
  /** How long the passed ones took in all, waiting included, ms. */
  readonly delayMs: number;
  readonly keyFrameRequests: number;
}

export interface MediaStatistics {
  /** The epoch in which is sent, and the newest; null before the first. */
  readonly present: { readonly generation: number; readonly epoch: number } | null;
  readonly sending: readonly (FrameCounts & { readonly source: SourceName })[];
  readonly slots: readonly (FrameCounts & { readonly connection: number; readonly mid: string | null })[];
}

/** From the worker to the page. */
export type FromMediaWorker =
  | { readonly type: 'notice'; readonly notice: MediaNotice }
  /** The slot's frames open again, or are another's now. */
  | { readonly type: 'noticeOver'; readonly mid: string | null }
  | { readonly type: 'statistics'; readonly request: number; readonly statistics: MediaStatistics };
