// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../src/sframe/codecs/formats';
import type { FrameFormat } from '../../../src/sframe/codecs/frameFormat';
import { opus } from '../../../src/sframe/codecs/opus';
import { vp8 } from '../../../src/sframe/codecs/vp8';
import { vp9 } from '../../../src/sframe/codecs/vp9';
import { bytes, openWith, sealing, sealWith } from './sealing';

const cases: [string, FrameFormat, number, (frame: Uint8Array) => number][] = [
  ['Opus', opus, 0, () => 0],
  ['VP8', vp8, 10, (frame) => ((frame[0] ?? 0) % 2 === 0 ? 10 : 1)],
  ['VP9', vp9, 1, () => 0],
];

describe.each(cases)('%s', (_name, format, minLength, clear) => {
  it('opens what it sealed, and leaves what the server reads', () => {
    fc.assert(
      fc.property(bytes({ minLength, maxLength: 300 }), sealing, (frame, how) => {
        const out = sealWith(format, frame, how);
        expect(out?.bound).toEqual(frame.slice(0, clear(frame)));
        expect(out?.sealed.slice(0, clear(frame))).toEqual(frame.slice(0, clear(frame)));
        const back = openWith(format, out?.sealed ?? new Uint8Array(), how);
        expect(back).toEqual({ frame, bound: out?.bound });
      }),
    );
  });

  it('takes arbitrary bytes', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 60 }), sealing, (frame, how) => {
        openWith(format, frame, how);
      }),
    );
  });
});

it('a VP8 frame shorter than its clear part is refused', () => {
  expect(vp8.ofPlain(new Uint8Array())).toBeNull();
  expect(vp8.ofPlain(new Uint8Array(9))).toBeNull();
  expect(vp8.ofPlain(Uint8Array.of(1))).not.toBeNull();
});

it('formats are found by media type, others are none', () => {
  expect(formatOf('video/VP8')).toBe(vp8);
  expect(formatOf('video/VP9; profile-id=2')).toBe(vp9);
  expect(formatOf('audio/opus')).toBe(opus);
  expect(formatOf('video/H265')).toBeNull();
  expect(formatOf('')).toBeNull();
});

it('each format has a number of its own', () => {
  const ids = ['audio/opus', 'video/vp8', 'video/vp9', 'video/av1', 'video/h264'].map((type) => formatOf(type)?.id);
  expect(new Set(ids).size).toBe(5);
});
