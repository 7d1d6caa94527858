// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../../../../tests/vectors/sframe.json';
import { concat, type Bytes } from '../../src/sframe/bytes';
import { nonceOf, type FrameCipher } from '../../src/sframe/cipher';
import { CtrHmacCipher } from '../../src/sframe/ctrHmacCipher';
import { deriveCipher, importSecret, senderBaseKey } from '../../src/sframe/derivation';
import { decodeHeader } from '../../src/sframe/header';
import { open, seal } from '../../src/sframe/sframe';
import { meetingSuite, suites, type Suite } from '../../src/sframe/suites';
import { hex, toHex } from './hex';

const suiteOf = (id: number): Suite => {
  const found = Object.values<Suite>(suites).find((suite) => suite.id === id);
  if (!found) throw new Error(`no suite ${id}`);
  return found;
};
const opened = (cipher: FrameCipher, metadata: Bytes, sealed: Bytes): Promise<Bytes | null> => {
  const header = decodeHeader(sealed);
  if (!header) throw new Error('no header');
  return open(cipher, header, metadata, sealed);
};

describe.each(vectors.sframe)('RFC 9605, suite $cipher_suite', (vector) => {
  const derive = async (purpose: 'seal' | 'open'): Promise<FrameCipher> =>
    deriveCipher(suiteOf(vector.cipher_suite), await importSecret(hex(vector.base_key)), BigInt(vector.kid), purpose);

  it('lays the counter over the salt', () => {
    expect(toHex(nonceOf(hex(vector.sframe_salt), BigInt(vector.ctr)))).toBe(vector.nonce);
  });

  it('seals to the ciphertext of the vector', async () => {
    const sealed = await seal(await derive('seal'), BigInt(vector.kid), BigInt(vector.ctr), hex(vector.metadata), hex(vector.pt));
    expect(toHex(sealed)).toBe(vector.ct);
  });

  it('opens the ciphertext of the vector, and nothing that differs from it in one bit', async () => {
    const cipher = await derive('open');
    expect(toHex((await opened(cipher, hex(vector.metadata), hex(vector.ct))) ?? new Uint8Array())).toBe(vector.pt);
    const header = decodeHeader(hex(vector.ct));
    for (let bit = 0; bit < vector.ct.length * 4; bit++) {
      const changed = hex(vector.ct);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (header) expect(await open(cipher, header, hex(vector.metadata), changed)).toBeNull();
    }
    expect(await opened(cipher, hex(`${vector.metadata}00`), hex(vector.ct))).toBeNull();
  });
});

it.each(vectors.ctrHmac)('AES-CTR with HMAC gives the ciphertext of the vector, suite $cipher_suite', async (vector) => {
  const key = await crypto.subtle.importKey('raw', hex(vector.enc_key), 'AES-CTR', false, ['encrypt', 'decrypt']);
  const mac = await crypto.subtle.importKey('raw', hex(vector.auth_key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const cipher = new CtrHmacCipher(key, mac, hex(vector.nonce), suiteOf(vector.cipher_suite).tag);
  expect(toHex(await cipher.seal(0n, hex(vector.aad), hex(vector.pt)))).toBe(vector.ct);
  expect(toHex((await cipher.open(0n, hex(vector.aad), hex(vector.ct))) ?? new Uint8Array())).toBe(vector.pt);
  expect(await cipher.open(0n, hex(vector.aad), new Uint8Array(vector.ct.length > 8 ? 3 : 0))).toBeNull();
});

describe('keys', () => {
  it('wipe the secret that they are made from, and cannot be read again', async () => {
    const secret = new Uint8Array(32).fill(7);
    const key = await importSecret(secret);
    expect(secret).toEqual(new Uint8Array(32));
    expect(key.extractable).toBe(false);
  });

  it('differ by leaf, epoch and secret', async () => {
    const cases = [[1, 0, 1n], [1, 1, 1n], [1, 0, 2n], [2, 0, 1n]] as const;
    const sealed = await Promise.all(
      cases.map(async ([secret, leaf, keyId]) => {
        const base = await senderBaseKey(await importSecret(new Uint8Array(32).fill(secret)), leaf);
        return toHex(await (await deriveCipher(meetingSuite, base, keyId, 'seal')).seal(0n, new Uint8Array(), new Uint8Array(16)));
      }),
    );
    expect(new Set(sealed).size).toBe(cases.length);
  });

  it('of a receiver do not seal', async () => {
    const base = await importSecret(new Uint8Array(32));
    const cipher = await deriveCipher(meetingSuite, base, 0n, 'open');
    await expect(cipher.seal(0n, new Uint8Array(), new Uint8Array())).rejects.toThrow();
  });
});

it('opens what it sealed, for any key, metadata and content', async () => {
  const bytes = (length: number) => fc.uint8Array({ maxLength: length }).map((given) => concat(given));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Suite>(...Object.values(suites)), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      bytes(40), bytes(300),
      async (suite, keyId, counter, metadata, plain) => {
        const make = async (purpose: 'seal' | 'open') => deriveCipher(suite, await importSecret(new Uint8Array(32)), keyId, purpose);
        const sealed = await seal(await make('seal'), keyId, counter, metadata, plain);
        expect(await opened(await make('open'), metadata, sealed)).toEqual(plain);
      },
    ),
    { numRuns: 60 },
  );
});
