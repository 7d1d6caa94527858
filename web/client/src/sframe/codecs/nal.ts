import type { Bytes } from '../bytes';

/** Where a unit's data begins behind its start code, and where it ends. */
export interface NalRange {
  /** The start code's first byte. */
  readonly code: number;
  /** The unit's header. */
  readonly start: number;
  readonly end: number;
}

/** The units of an H.264 access unit between start codes of 3 or 4 bytes (H.264 annex B); null where it begins with none. */
export function readNals(frame: Uint8Array): NalRange[] | null {
  const codes: { code: number; start: number }[] = [];
  for (let at = 0; at + 2 < frame.length; at++) {
    if (frame[at] !== 0 || frame[at + 1] !== 0 || frame[at + 2] !== 1) continue;
    const code = at > 0 && frame[at - 1] === 0 ? at - 1 : at;
    codes.push({ code, start: at + 3 });
    at += 2;
  }
  if (codes[0]?.code !== 0) return null;
  return codes.map(({ code, start }, index) => ({ code, start, end: codes[index + 1]?.code ?? frame.length }));
}

const escapeByte = 3;

/** Puts a byte 3 before every one that would, behind two zeros, look like a start code (H.264 section 7.4.1). */
export function escape(bytes: Uint8Array, before: Uint8Array): Bytes {
  // At worst every other byte is escaped.
  const out = new Uint8Array(Math.ceil(bytes.length * 1.5) + 1);
  let length = 0;
  let zeros = trailingZeros(before);
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= escapeByte) {
      out[length++] = escapeByte;
      zeros = 0;
    }
    out[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.slice(0, length);
}

/** Takes the bytes out that `escape` put in. */
export function unescape(bytes: Uint8Array, before: Uint8Array): Bytes {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let zeros = trailingZeros(before);
  for (const byte of bytes) {
    if (zeros >= 2 && byte === escapeByte) {
      zeros = 0;
      continue;
    }
    out[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.slice(0, length);
}

function trailingZeros(bytes: Uint8Array): number {
  let count = 0;
  while (count < 2 && bytes[bytes.length - 1 - count] === 0) count++;
  return count;
}
