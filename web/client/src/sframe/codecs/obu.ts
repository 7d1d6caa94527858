import { concat, type Bytes } from '../bytes';

/** An AV1 unit (AV1 specification section 5.3). */
export interface Obu {
  readonly type: number;
  /** One byte, or two with an extension; the bit that says that a size follows is not set. */
  readonly header: Bytes;
  readonly payload: Bytes;
}

export const obuType = { sequenceHeader: 1, temporalDelimiter: 2, tileList: 8, padding: 15 } as const;

const extensionFlag = 4;
const sizeFlag = 2;
/** A size field holds at most so many bytes (section 4.10.5); frames need far fewer. */
const mostSizeBytes = 4;

/** The units of a temporal unit; only the last may come without a size. Null when one does not fit. */
export function readObus(frame: Bytes): Obu[] | null {
  const obus: Obu[] = [];
  for (let at = 0; at < frame.length; ) {
    const first = frame[at] ?? 0;
    const headerLength = (first & extensionFlag) === 0 ? 1 : 2;
    const header = frame.slice(at, at + headerLength);
    // The highest bit is forbidden, and an extension cut off is no extension.
    if ((first & 0x80) !== 0 || header.length < headerLength) return null;
    header[0] = first & ~sizeFlag;
    at += headerLength;
    let size = frame.length - at;
    if ((first & sizeFlag) !== 0) {
      const read = readSize(frame, at);
      if (!read || read.value > frame.length - read.end) return null;
      size = read.value;
      at = read.end;
    }
    obus.push({ type: (first >> 3) & 15, header, payload: frame.slice(at, at + size) });
    at += size;
  }
  return obus;
}

/** The units one after the other, each with its size in the shortest form. */
export function writeObus(obus: readonly Obu[]): Bytes {
  return concat(
    ...obus.flatMap(({ header, payload }) => {
      const sized = header.slice();
      sized[0] = (sized[0] ?? 0) | sizeFlag;
      return [sized, writeSize(payload.length), payload];
    }),
  );
}

function readSize(bytes: Uint8Array, at: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < mostSizeBytes; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return null;
}

function writeSize(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
