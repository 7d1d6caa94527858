// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, type Bytes } from '../../../src/sframe/bytes';
import { h264 } from '../../../src/sframe/codecs/h264';
import { escape, readNals, unescape } from '../../../src/sframe/codecs/nal';
import { bytes, openWith, sealing, sealWith, startCodeBytes } from './sealing';

const empty = new Uint8Array();
const codes = [Uint8Array.of(0, 0, 1), Uint8Array.of(0, 0, 0, 1)];

interface Nal {
  readonly code: Bytes;
  /** Header and data as an encoder writes them: without start codes, not ending with a zero. */
  readonly unit: Bytes;
}

const nal = (of: readonly number[], minLength: number): fc.Arbitrary<Nal> =>
  fc
    .record({ code: fc.constantFrom(...codes), type: fc.constantFrom(...of), data: startCodeBytes({ minLength, maxLength: 120 }) })
    .map(({ code, type, data }) => ({ code, unit: concat(Uint8Array.of(0x60 | type), escape(data, empty), Uint8Array.of(0x80)) }));

/** An access unit: parameter sets and the like, slices, and what may stand behind. */
const units = fc.tuple(
  fc.array(nal([6, 7, 8, 9], 0), { maxLength: 3 }),
  nal([1, 5], 3),
  fc.array(nal([1, 5, 6], 3), { maxLength: 3 }),
);

const write = (nals: readonly Nal[]): Bytes => concat(...nals.flatMap(({ code, unit }) => [code, unit]));
/** What packetizers and depacketizers make of a frame: start codes of 4 bytes. */
const packetized = (frame: Bytes): Bytes => {
  const nals = readNals(frame) ?? [];
  return concat(...nals.flatMap(({ start, end }) => [Uint8Array.of(0, 0, 0, 1), frame.slice(start, end)]));
};

describe('H.264', () => {
  it('opens what it sealed, after packetizers wrote its start codes anew', () => {
    fc.assert(
      fc.property(units, sealing, ([before, slice, after], how) => {
        const frame = write([...before, slice, ...after]);
        const out = sealWith(h264, frame, how);
        expect(openWith(h264, out?.sealed ?? empty, how)).toEqual({ frame, bound: out?.bound });
        const long = (nals: readonly Nal[]): Nal[] => nals.map(({ unit }) => ({ code: Uint8Array.of(0, 0, 0, 1), unit }));
        const back = openWith(h264, packetized(out?.sealed ?? empty), how);
        expect(back).toEqual({ frame: write([...long([...before, slice]), ...after]), bound: out?.bound });
      }),
      { numRuns: 300 },
    );
  });

  it('has no start code in what is sealed, ends with no zero, and leaves all units up to the slice as they were', () => {
    fc.assert(
      fc.property(units, sealing, ([before, slice, after], how) => {
        const sealed = sealWith(h264, write([...before, slice, ...after]), how)?.sealed ?? empty;
        const nals = readNals(sealed) ?? [];
        expect(nals.length).toBe(before.length + 1);
        for (const [index, { unit }] of before.entries()) {
          expect(sealed.slice(nals[index]?.start, nals[index]?.end)).toEqual(unit);
        }
        const start = nals[before.length]?.start ?? 0;
        expect(sealed.slice(start, start + 3)).toEqual(slice.unit.slice(0, 3));
        expect(sealed[sealed.length - 1]).not.toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what has no slice, no start code or a slice too short', () => {
    for (const frame of [[], [1, 2, 3], [0, 0, 1, 0x67, 1, 2, 3], [0, 0, 1, 0x65, 1]]) {
      expect(h264.ofPlain(Uint8Array.from(frame))).toBeNull();
    }
  });

  it('takes arbitrary bytes', () => {
    fc.assert(
      fc.property(startCodeBytes({ maxLength: 80 }), sealing, (rest, how) => {
        const frame = concat(Uint8Array.of(0, 0, 0, 1, 0x65), rest);
        openWith(h264, frame, how);
        const out = sealWith(h264, frame, how);
        if (out) expect(openWith(h264, out.sealed, how)).toEqual({ frame, bound: out.bound });
      }),
      { numRuns: 1000 },
    );
  });
});

it('escaping is undone, whatever stands before', () => {
  fc.assert(
    fc.property(fc.oneof(bytes(), startCodeBytes()), startCodeBytes({ maxLength: 4 }), (data, before) => {
      expect(unescape(escape(data, before), before)).toEqual(data);
    }),
    { numRuns: 500 },
  );
});
