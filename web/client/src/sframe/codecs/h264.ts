import { concat, type Bytes } from '../bytes';
import type { FrameFormat, Parts } from './frameFormat';
import { escape, readNals, unescape, type NalRange } from './nal';

const sliceTypes: readonly number[] = [1, 5];
/** Of the first slice: its header, then the place of its first macroblock, its type and its parameter set, which packetizers and servers read. */
const clearOfSlice = 3;
/** Ends the sealed bytes, since a unit must not end with a zero. */
const endByte = 0x80;
const startCode = Uint8Array.of(0, 0, 0, 1);

/**
 * H.264: everything up to the start of the first slice stays (parameter sets, from which the server tells key frames
 * and sizes); all behind it is one sealed block within that slice, escaped so that no start code appears in it.
 */
export const h264: FrameFormat = {
  id: 5,
  ofPlain: (frame) => take(frame, (rest) => rest, (body, bound) => escape(concat(body, Uint8Array.of(endByte)), bound)),
  ofSealed: (frame) =>
    take(
      frame,
      (rest, bound) => {
        const block = unescape(rest, bound);
        return block[block.length - 1] === endByte ? block.slice(0, -1) : null;
      },
      (body) => body,
    ),
};

function take(
  frame: Bytes,
  read: (rest: Bytes, bound: Bytes) => Bytes | null,
  write: (body: Bytes, bound: Bytes) => Bytes,
): Parts | null {
  const nals = readNals(frame);
  const first = nals?.findIndex(({ start }) => sliceTypes.includes((frame[start] ?? 0) & 31)) ?? -1;
  const slice = nals?.[first];
  if (!nals || !slice || slice.end - slice.start < clearOfSlice) return null;
  const clear = frame.slice(0, slice.start + clearOfSlice);
  const bound = canonical(clear, nals.slice(0, first + 1));
  const body = read(frame.slice(clear.length), bound);
  return body && { bound, body, join: (other) => concat(clear, write(other, bound)) };
}

/** With start codes of 4 bytes, which is how depacketizers write them. */
function canonical(clear: Bytes, nals: readonly NalRange[]): Bytes {
  return concat(...nals.flatMap(({ start, end }) => [startCode, clear.slice(start, Math.min(end, clear.length))]));
}
