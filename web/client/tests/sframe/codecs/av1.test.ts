// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, type Bytes } from '../../../src/sframe/bytes';
import { av1 } from '../../../src/sframe/codecs/av1';
import { readObus, writeObus, type Obu } from '../../../src/sframe/codecs/obu';
import { bytes, openWith, sealing, sealWith } from './sealing';

const types = { any: [1, 2, 3, 4, 5, 6, 7, 8, 15], sealed: [3, 4, 5, 6, 7], dropped: [2, 8, 15] };

const obu = (of: readonly number[]): fc.Arbitrary<Obu> =>
  fc
    .record({ type: fc.constantFrom(...of), extension: fc.option(fc.nat(255)), payload: bytes({ maxLength: 200 }) })
    .map(({ type, extension, payload }) => ({
      type,
      payload,
      header: extension === null ? Uint8Array.of(type << 3) : Uint8Array.of((type << 3) | 4, extension),
    }));

/** Units of which at least one is sealed, and what an encoder writes of them: the last one's size may be missing. */
const frames = fc
  .tuple(fc.array(obu(types.any), { maxLength: 6 }), obu(types.sealed), fc.array(obu(types.any), { maxLength: 3 }), fc.boolean())
  .map(([before, sealed, after, sized]) => {
    const obus = [...before, sealed, ...after];
    const last = obus[obus.length - 1];
    const frame = sized || !last ? writeObus(obus) : concat(writeObus(obus.slice(0, -1)), last.header, last.payload);
    return { obus, frame };
  });

const kept = (obus: readonly Obu[]): Obu[] => obus.filter(({ type }) => !types.dropped.includes(type));

/** What a packetizer and a depacketizer make of a frame: sizes are taken off and put back. */
const packetized = (frame: Bytes): Bytes => writeObus(kept(readObus(frame) ?? []));

describe('AV1', () => {
  it('opens to the units that are kept, each with its size', () => {
    fc.assert(
      fc.property(frames, sealing, ({ obus, frame }, how) => {
        const out = sealWith(av1, frame, how);
        const back = openWith(av1, packetized(out?.sealed ?? new Uint8Array()), how);
        expect(back?.frame).toEqual(writeObus(kept(obus)));
        expect(back?.bound).toEqual(out?.bound);
      }),
    );
  });

  it('leaves all headers and the sequence header as they were, and all lengths but the last', () => {
    fc.assert(
      fc.property(frames, sealing, ({ obus, frame }, how) => {
        const before = kept(obus);
        const after = readObus(sealWith(av1, frame, how)?.sealed ?? new Uint8Array()) ?? [];
        expect(after.map(({ header }) => header)).toEqual(before.map(({ header }) => header));
        const last = before.findLastIndex(({ type }) => type !== 1);
        for (const [index, { type, payload }] of before.entries()) {
          if (type === 1) expect(after[index]?.payload).toEqual(payload);
          else if (index !== last) expect(after[index]?.payload.length).toBe(payload.length);
        }
      }),
    );
  });

  it('notices when the border between two units is moved', () => {
    const unit = (payload: number[]): Obu => ({ type: 4, header: Uint8Array.of(4 << 3), payload: Uint8Array.from(payload) });
    const how = { before: Uint8Array.of(9), after: new Uint8Array(16), mask: Uint8Array.of(0) };
    const out = sealWith(av1, writeObus([unit([1, 2, 3]), unit([4, 5, 6])]), how);
    const [first, second] = readObus(out?.sealed ?? new Uint8Array()) ?? [];
    const all = [...(first?.payload ?? []), ...(second?.payload ?? [])];
    const moved = openWith(av1, writeObus([unit(all.slice(0, 2)), unit(all.slice(2))]), how);
    expect(moved?.bound).not.toEqual(out?.bound);
  });

  it('refuses frames with nothing to seal', () => {
    expect(av1.ofPlain(new Uint8Array())).toBeNull();
    expect(av1.ofPlain(Uint8Array.of(0x12, 0))).toBeNull();
    expect(av1.ofPlain(Uint8Array.of(0x0a, 1, 0))).toBeNull();
  });

  it('takes arbitrary bytes, and what it takes opens again', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 80 }), sealing, (frame, how) => {
        openWith(av1, frame, how);
        const out = sealWith(av1, frame, how);
        if (out) expect(openWith(av1, out.sealed, how)?.bound).toEqual(out.bound);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('units', () => {
  it('are refused when a size does not fit, a header is cut off or the forbidden bit is set', () => {
    expect(readObus(Uint8Array.of(0x32, 5, 1, 2))).toBeNull();
    expect(readObus(Uint8Array.of(0x32, 0x80))).toBeNull();
    expect(readObus(Uint8Array.of(0x32, 0xff, 0xff, 0xff, 0xff, 0x0f))).toBeNull();
    expect(readObus(Uint8Array.of(0x36))).toBeNull();
    expect(readObus(Uint8Array.of(0xb2, 0))).toBeNull();
  });
});
