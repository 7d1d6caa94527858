// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLater, keyIdOf, leafLimit, readKeyId, shortEpoch } from '../../src/sframe/keyId';

it('a key id tells leaf and epoch', () => {
  fc.assert(
    fc.property(fc.nat(leafLimit - 1), fc.nat(1_000_000), (leaf, epoch) => {
      expect(readKeyId(keyIdOf(leaf, epoch))).toEqual({ leaf, epoch: shortEpoch(epoch) });
    }),
  );
  expect(keyIdOf(3, 65_536 + 14)).toBe(0x3000en);
  expect(readKeyId(2n ** 32n)).toBeNull();
});

it('the later one of two epochs is told across the wrap', () => {
  expect(isLater(1, 0)).toBe(true);
  expect(isLater(0, 1)).toBe(false);
  expect(isLater(5, 5)).toBe(false);
  expect(isLater(shortEpoch(65_537), shortEpoch(65_535))).toBe(true);
  expect(isLater(shortEpoch(65_535), shortEpoch(65_537))).toBe(false);
});
