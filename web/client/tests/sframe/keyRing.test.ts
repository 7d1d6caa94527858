// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../../src/sframe/keyId';
import { KeyRing, oldEpochMs } from '../../src/sframe/keyRing';
import { epochOf, people } from './group';

const missing = (ring: KeyRing, leaf: number, epoch: number, now: number): string | null => {
  const found = ring.find(keyIdOf(leaf, epoch), now);
  return 'missing' in found ? found.missing : null;
};

describe('the key ring', () => {
  it('says why there is no key, and whose it would be', async () => {
    const ring = new KeyRing();
    expect(missing(ring, 1, 0, 0)).toBe('keys-missing');
    ring.add(await epochOf(0, 7), 0);
    expect(missing(ring, 1, 7, 0)).toBeNull();
    expect(missing(ring, 1, 8, 0)).toBe('epoch-unknown');
    expect(missing(ring, 1, 6, 0)).toBe('epoch-over');
    expect(missing(ring, 9, 7, 0)).toBe('sender-unknown');
    expect(ring.find(keyIdOf(1, 8), 0)).toMatchObject({ participant: 'bob' });
    expect(ring.find(2n ** 40n, 0)).toMatchObject({ missing: 'sender-unknown' });
  });

  it('keeps an epoch for 10 s after the next one came', async () => {
    const ring = new KeyRing();
    ring.add(await epochOf(0, 1), 0);
    ring.add(await epochOf(0, 2), 50_000);
    expect(ring.expire(50_000)).toBe(50_000 + oldEpochMs);
    expect(missing(ring, 1, 1, 50_000 + oldEpochMs - 1)).toBeNull();
    expect(missing(ring, 1, 1, 50_000 + oldEpochMs)).toBe('epoch-over');
    expect(ring.expire(70_000)).toBeNull();
    expect(missing(ring, 1, 2, 1_000_000)).toBeNull();
  });

  it('reads each epoch with the members of that epoch', async () => {
    const ring = new KeyRing();
    ring.add(await epochOf(0, 1), 0);
    ring.add(await epochOf(0, 2, { members: new Map([[0, 'ada'], [1, 'zoe']]) }), 0);
    expect(ring.find(keyIdOf(1, 1), 0)).toMatchObject({ participant: 'bob' });
    expect(ring.find(keyIdOf(1, 2), 0)).toMatchObject({ participant: 'zoe' });
    expect(missing(ring, 2, 2, 0)).toBe('sender-unknown');
  });

  it('sends in a new epoch only when told, but at once in the first, or in another generation', async () => {
    const ring = new KeyRing();
    expect(ring.sending).toBeNull();
    ring.add(await epochOf(0, 1), 0);
    expect(ring.sending?.keyId).toBe(keyIdOf(0, 1));
    ring.add(await epochOf(0, 2), 0);
    expect([ring.sending?.keyId, ring.lags]).toEqual([keyIdOf(0, 1), true]);
    ring.sendNewest();
    expect([ring.sending?.keyId, ring.lags]).toEqual([keyIdOf(0, 2), false]);
    ring.add(await epochOf(0, 0, { generation: 2 }), 0);
    expect([ring.sending?.keyId, ring.lags]).toEqual([keyIdOf(0, 0), false]);
  });

  it('never begins a counter again: an epoch that is known or older is left alone', async () => {
    const ring = new KeyRing();
    ring.add(await epochOf(0, 5), 0);
    const first = ring.sending;
    expect([first?.next(), first?.next()]).toEqual([0n, 1n]);
    ring.add(await epochOf(0, 5), 0);
    ring.add(await epochOf(0, 4), 0);
    ring.add(await epochOf(0, 9, { generation: 0 }), 0);
    expect(ring.sending).toBe(first);
    expect(ring.present).toEqual({ generation: 1, epoch: 5 });
    expect(ring.sending?.next()).toBe(2n);
  });

  it('lets a new epoch take the place of one with the same low bits', async () => {
    const ring = new KeyRing();
    ring.add(await epochOf(0, 3), 0);
    ring.add(await epochOf(0, 3 + 65_536, { members: new Map([[1, 'zoe']]) }), 0);
    expect(ring.find(keyIdOf(1, 3), 0)).toMatchObject({ participant: 'zoe' });
  });

  it('derives a sender\'s key once', async () => {
    const ring = new KeyRing();
    ring.add(await epochOf(0, 1, { members: people }), 0);
    const [a, b] = [ring.find(keyIdOf(1, 1), 0), ring.find(keyIdOf(1, 1), 0)];
    if ('missing' in a || 'missing' in b) throw new Error('no key');
    expect(await a.cipher()).toBe(await b.cipher());
  });

  it('refuses a group that is too large for its key ids, and forgets everything when told', async () => {
    const ring = new KeyRing();
    const large = await epochOf(65_536, 0);
    expect(() => { ring.add(large, 0); }).toThrow(RangeError);
    ring.add(await epochOf(0, 0), 0);
    ring.clear();
    expect(ring.sending).toBeNull();
    expect(missing(ring, 0, 0, 0)).toBe('keys-missing');
  });
});
