// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../../tests/vectors/sframe.json';
import { decodeHeader, encodeHeader } from '../../src/sframe/header';
import { hex, toHex } from './hex';

const value = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('the header', () => {
  it('is that of all vectors of RFC 9605, both ways', () => {
    for (const [keyId, counter, encoded] of vectors.header as [string, string, string][]) {
      expect(toHex(encodeHeader(BigInt(keyId), BigInt(counter)))).toBe(encoded);
      expect(decodeHeader(hex(encoded))).toEqual({ keyId: BigInt(keyId), counter: BigInt(counter), length: encoded.length / 2 });
    }
  });

  it('reads back what was written, whatever follows', () => {
    fc.assert(
      fc.property(value, value, fc.uint8Array(), (keyId, counter, rest) => {
        const header = encodeHeader(keyId, counter);
        expect(decodeHeader(Uint8Array.from([...header, ...rest]))).toEqual({ keyId, counter, length: header.length });
      }),
    );
  });

  it('is refused when it is cut off', () => {
    fc.assert(
      fc.property(value, value, fc.nat(16), (keyId, counter, cut) => {
        const header = encodeHeader(keyId, counter);
        if (cut < header.length) expect(decodeHeader(header.subarray(0, cut))).toBeNull();
      }),
    );
  });

  it('has one form for each key id and counter: arbitrary bytes are refused or are that form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const header = decodeHeader(bytes);
        if (header) expect(encodeHeader(header.keyId, header.counter)).toEqual(bytes.slice(0, header.length));
      }),
      { numRuns: 1000 },
    );
    expect(decodeHeader(hex('0807'))).toBeNull();
    expect(decodeHeader(hex('0900ff'))).toBeNull();
  });

  it('takes no value of more than 64 bits', () => {
    expect(() => encodeHeader(2n ** 64n, 0n)).toThrow(RangeError);
    expect(() => encodeHeader(0n, -1n)).toThrow(RangeError);
  });
});
