/** Of a member's key in an epoch (RFC 9605 section 5.2): the leaf above the epoch's low bits. */
const epochBits = 16;
const epochSpan = 2 ** epochBits;
/** A group with more leaves than this makes no key ids. */
export const leafLimit = 2 ** 16;

export interface MemberKey {
  readonly leaf: number;
  /** The epoch's low 16 bits. */
  readonly epoch: number;
}

export function shortEpoch(epoch: number): number {
  return epoch % epochSpan;
}

export function keyIdOf(leaf: number, epoch: number): bigint {
  return BigInt(leaf * epochSpan + shortEpoch(epoch));
}

/** Null for an id that no member of a group can have. */
export function readKeyId(keyId: bigint): MemberKey | null {
  if (keyId >= BigInt(leafLimit * epochSpan)) return null;
  const value = Number(keyId);
  return { leaf: Math.floor(value / epochSpan), epoch: value % epochSpan };
}

/** Whether a short epoch lies after another one, across the wrap. */
export function isLater(epoch: number, than: number): boolean {
  const distance = (epoch - than + epochSpan) % epochSpan;
  return distance > 0 && distance < epochSpan / 2;
}
