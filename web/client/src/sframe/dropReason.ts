/** Why a frame was dropped. */
export const dropReasons = [
  /** A codec that cannot be sealed. */
  'codec-unknown',
  /** Not a frame of its codec, or without an SFrame header. */
  'malformed',
  /** There is no key at all yet. */
  'keys-missing',
  /** Sealed in an epoch that has not come here yet. */
  'epoch-unknown',
  /** Sealed in an epoch whose key is gone. */
  'epoch-over',
  /** Its key would be that of someone who is not in the epoch's group. */
  'sender-unknown',
  /** Sealed by someone else than the slot shows. */
  'sender-other',
  /** Came before, or too long ago to tell. */
  'replayed',
  /** The tag is wrong: another key, or something on the way changed it. */
  'not-authentic',
  /** The slot is empty, as far as was told. */
  'slot-empty',
  /** The counter is used up. */
  'counter-over',
  /** Something went wrong that none of the others describes. */
  'failed',
] as const;

export type DropReason = (typeof dropReasons)[number];

export type DropCounts = Record<DropReason, number>;

export function noDrops(): DropCounts {
  return Object.fromEntries(dropReasons.map((reason) => [reason, 0])) as DropCounts;
}
