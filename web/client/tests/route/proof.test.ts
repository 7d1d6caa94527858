import { describe, expect, it } from 'vitest';
import vectors from '../../../../tests/vectors/route-proof.json';
import { fromBase64Url, toBase64Url } from '../../src/route/base64url';
import { verifyDirectory } from '../../src/route/directory';
import { RouteFailure } from '../../src/route/failure';
import { keyHash, openSigned } from '../../src/route/signedDocument';
import { verifyStatement } from '../../src/route/statement';

const key = fromBase64Url(vectors.operatorKey) ?? new Uint8Array();
const sound = vectors.directories[0]?.signed ?? '';
const directory = (): ReturnType<typeof verifyDirectory> => verifyDirectory(sound, key, 0, vectors.now);

/** The code with which it fails; null when it does not. */
async function failureOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (failure) {
    if (failure instanceof RouteFailure) return failure.code;
    throw failure;
  }
}

describe('the signed directory', () => {
  it.each(vectors.directories.map((one) => [one.name, one] as const))('%s', async (_name, { signed, failure }) => {
    expect(await failureOf(verifyDirectory(signed, key, 0, vectors.now))).toBe(failure);
  });

  it('is read as it was signed', async () => {
    const read = await directory();
    expect(read).toMatchObject({ version: 5, nodes: [{ id: 'n_fra', frontDoor: 'https://fra.example.org' }, {}, {}] });
    expect(read.regions[0]?.operator).toBe('Ünïcode GmbH');
    expect(read.groups.find(({ id }) => id === 'EFTA')?.countries).toEqual(['CH', 'IS', 'LI', 'NO']);
  });

  it('never goes back to a lower version', async () => {
    expect(await failureOf(verifyDirectory(sound, key, 5, vectors.now))).toBeNull();
    expect(await failureOf(verifyDirectory(sound, key, 6, vectors.now))).toBe('directory-old');
  });

  it('is known by the hash that links carry', async () => {
    expect(await keyHash(key)).toBe(vectors.operatorKeyHash);
  });

  it.each(['', '.', 'a.b', sound.slice(0, -1), `${sound}A`, `${sound}=`, ` ${sound}`, `${sound}.x`, sound.replace('.', '..')])('is nothing when it is malformed: %#', async (text) => {
    expect(await openSigned(text, key)).toBeUndefined();
  });

  it('is nothing under a key that is none', async () => {
    expect(await openSigned(sound, new Uint8Array([1, 2, 3]))).toBeUndefined();
  });
});

describe('a node statement', () => {
  it.each(vectors.statements.map((one) => [one.name, one] as const))('%s', async (_name, { node, region, statement, failure }) => {
    expect(await failureOf(verifyStatement({ id: node, region, statement }, await directory(), vectors.now))).toBe(failure);
  });

  it('must be of the region that the server names', async () => {
    const { node, statement } = vectors.statements[0] ?? { node: '', statement: '' };
    expect(await failureOf(verifyStatement({ id: node, region: 'us-sea', statement }, await directory(), vectors.now))).toBe('statement-region');
  });
});

describe('base64url', () => {
  it('comes back, and takes no other spelling', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    for (const text of ['a', 'ab+c', 'ab/c', 'abcd=', 'ab cd', 'ab\n']) expect(fromBase64Url(text)).toBeNull();
  });
});
