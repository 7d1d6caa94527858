import fc from 'fast-check';
import { concat, type Bytes } from '../../../src/sframe/bytes';
import type { FrameFormat } from '../../../src/sframe/codecs/frameFormat';

export const bytes = (constraints: fc.IntArrayConstraints = {}): fc.Arbitrary<Bytes> => fc.uint8Array(constraints).map((given) => concat(given));

/** Bytes of which many are zeros, ones and threes, as start codes are made of. */
export const startCodeBytes = (constraints: fc.ArrayConstraints = {}): fc.Arbitrary<Bytes> =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 0, 0, 1, 2, 3) }, { weight: 1, arbitrary: fc.nat(255) }), constraints)
    .map((values) => Uint8Array.from(values));

/** What sealing adds in these tests: as many bytes as an SFrame header and tag may have. */
export interface Sealing {
  readonly before: Bytes;
  readonly after: Bytes;
  /** Laid over the body, so that it takes any value. */
  readonly mask: Bytes;
}

export const sealing: fc.Arbitrary<Sealing> = fc.record({
  before: startCodeBytes({ minLength: 1, maxLength: 17 }),
  after: startCodeBytes({ minLength: 16, maxLength: 16 }),
  mask: startCodeBytes({ minLength: 1, maxLength: 64 }),
});

function masked(body: Bytes, mask: Bytes): Bytes {
  return body.map((byte, index) => byte ^ (mask[index % mask.length] ?? 0));
}

/** The frame as it would leave the sender, with what was authenticated. */
export function sealWith(format: FrameFormat, frame: Bytes, { before, after, mask }: Sealing): { sealed: Bytes; bound: Bytes } | null {
  const parts = format.ofPlain(frame);
  return parts && { sealed: parts.join(concat(before, masked(parts.body, mask), after)), bound: parts.bound };
}

/** The frame as the decoder would get it, with what was authenticated. */
export function openWith(format: FrameFormat, sealed: Bytes, { before, after, mask }: Sealing): { frame: Bytes; bound: Bytes } | null {
  const growth = before.length + after.length;
  const parts = format.ofSealed(sealed, () => growth);
  if (!parts || parts.body.length < growth) return null;
  const body = masked(parts.body.slice(before.length, parts.body.length - after.length), mask);
  return { frame: parts.join(body), bound: parts.bound };
}
