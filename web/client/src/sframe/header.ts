import { bigEndian, concat, type Bytes } from './bytes';

/** What stands before the sealed bytes (RFC 9605 section 4.3). */
export interface SFrameHeader {
  /** Which key: KID, 64 bits. */
  readonly keyId: bigint;
  /** CTR, 64 bits; never twice with one key. */
  readonly counter: bigint;
  /** Bytes on the wire, 1 to 17. */
  readonly length: number;
}

/** A value of a header: its four bits in the first byte, and the bytes that follow where it is no small one. */
interface Field {
  readonly bits: number;
  readonly bytes: Bytes;
}

/** Values below this stand in the first byte itself. */
const smallLimit = 8n;
const longFlag = 8;

/** The header of a key id and a counter, both below 2^64, in its shortest form. */
export function encodeHeader(keyId: bigint, counter: bigint): Bytes {
  const key = encodeField(keyId);
  const count = encodeField(counter);
  return concat(Uint8Array.of((key.bits << 4) | count.bits), key.bytes, count.bytes);
}

/** Reads the header at the start; null when it is cut off or not in its shortest form, so that no two say the same. */
export function decodeHeader(bytes: Uint8Array): SFrameHeader | null {
  const [first] = bytes;
  if (first === undefined) return null;
  const keyId = decodeField(first >> 4, bytes, 1);
  if (!keyId) return null;
  const counter = decodeField(first & 15, bytes, keyId.end);
  return counter && { keyId: keyId.value, counter: counter.value, length: counter.end };
}

function encodeField(value: bigint): Field {
  if (value < 0n || value >= 1n << 64n) throw new RangeError('an SFrame header holds values of 64 bits');
  if (value < smallLimit) return { bits: Number(value), bytes: new Uint8Array() };
  const length = Math.ceil(value.toString(16).length / 2);
  return { bits: longFlag | (length - 1), bytes: bigEndian(value, length) };
}

function decodeField(bits: number, bytes: Uint8Array, at: number): { value: bigint; end: number } | null {
  if ((bits & longFlag) === 0) return { value: BigInt(bits), end: at };
  const end = at + (bits & 7) + 1;
  if (end > bytes.length) return null;
  let value = 0n;
  for (const byte of bytes.subarray(at, end)) value = (value << 8n) | BigInt(byte);
  const isShortest = value >= smallLimit && bytes[at] !== 0;
  return isShortest ? { value, end } : null;
}
