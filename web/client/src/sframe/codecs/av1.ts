import { bigEndian, concat, type Bytes } from '../bytes';
import type { FrameFormat, Parts } from './frameFormat';
import { obuType, readObus, writeObus, type Obu } from './obu';

/** Units that packetizers leave out, and no depacketizer puts back. */
const dropped: readonly number[] = [obuType.temporalDelimiter, obuType.tileList, obuType.padding];

/**
 * AV1: the headers of the units stay, their payloads are sealed as one; each unit keeps its length but the last one,
 * which takes what sealing adds. The sequence header stays in clear: where a publisher sends no dependency descriptor,
 * the server reads a layer's size there.
 */
export const av1: FrameFormat = {
  id: 4,
  ofPlain: (frame) => {
    const obus = readKept(frame);
    return obus && take(obus, 0);
  },
  ofSealed: (frame, growth) => {
    const obus = readKept(frame);
    if (!obus) return null;
    const grown = growth(concat(...obus.filter(isSealed).map(({ payload }) => payload)));
    return grown === null ? null : take(obus, grown);
  },
};

function readKept(frame: Bytes): Obu[] | null {
  return readObus(frame)?.filter(({ type }) => !dropped.includes(type)) ?? null;
}

function isSealed({ type }: Obu): boolean {
  return type !== obuType.sequenceHeader;
}

/** `grown`: how much of the last sealed unit was added by sealing. */
function take(obus: readonly Obu[], grown: number): Parts | null {
  const last = obus.findLastIndex(isSealed);
  const lengths = obus.map(({ payload }, index) => payload.length - (index === last ? grown : 0));
  if (last < 0 || (lengths[last] ?? 0) < 0) return null;
  return {
    bound: concat(...obus.flatMap((obu, index) => boundOf(obu, lengths[index] ?? 0))),
    body: concat(...obus.filter(isSealed).map(({ payload }) => payload)),
    join: (body) => writeObus(fill(obus, last, lengths, body)),
  };
}

/** The lengths are authenticated with the headers, so that nobody moves the borders between units. */
function boundOf(obu: Obu, length: number): Bytes[] {
  return [obu.header, bigEndian(BigInt(length), 4), ...(isSealed(obu) ? [] : [obu.payload])];
}

function fill(obus: readonly Obu[], last: number, lengths: readonly number[], body: Bytes): Obu[] {
  let at = 0;
  return obus.map((obu, index) => {
    if (!isSealed(obu)) return obu;
    const end = index === last ? body.length : at + (lengths[index] ?? 0);
    const payload = body.slice(at, end);
    at = end;
    return { ...obu, payload };
  });
}
