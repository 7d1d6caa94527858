import { getCiphersuiteFromName, type CiphersuiteImpl, type CiphersuiteName } from 'ts-mls/crypto/ciphersuite.js';
import { defaultCryptoProvider } from 'ts-mls/crypto/implementation/default/provider.js';

/** `x-wing`: X25519 with ML-KEM-768 (the library's id 83); `classic`: X25519 alone (RFC 9420, suite 1). Both sign with Ed25519. */
export type SuiteName = 'x-wing' | 'classic';

/** Best first: the creator of a group takes the first that works in its browser. */
export const suitesByPreference: readonly SuiteName[] = ['x-wing', 'classic'];

const libraryNames: Readonly<Record<SuiteName, CiphersuiteName>> = {
  'x-wing': 'MLS_256_XWING_AES256GCM_SHA512_Ed25519',
  classic: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
};

export interface Suite {
  readonly name: SuiteName;
  readonly impl: CiphersuiteImpl;
}

const loaded = new Map<SuiteName, Promise<Suite>>();

/** Loads a suite and makes a round trip with it; rejects where its code or an algorithm is not there. */
export function loadSuite(name: SuiteName): Promise<Suite> {
  const known = loaded.get(name);
  if (known) return known;
  const fresh = loadAndTry(name);
  loaded.set(name, fresh);
  // A chunk that did not arrive may arrive at the next attempt.
  fresh.catch(() => loaded.delete(name));
  return fresh;
}

/** All that work here, in the order asked for. */
export async function loadSuites(names: readonly SuiteName[], load = loadSuite): Promise<readonly Suite[]> {
  const results = await Promise.allSettled(names.map((name) => load(name)));
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

export function suiteOf(library: CiphersuiteName): SuiteName | null {
  return suitesByPreference.find((name) => libraryNames[name] === library) ?? null;
}

async function loadAndTry(name: SuiteName): Promise<Suite> {
  const impl = await defaultCryptoProvider.getCiphersuiteImpl(getCiphersuiteFromName(libraryNames[name]));
  const probe = new TextEncoder().encode(name);
  const pair = await impl.hpke.generateKeyPair();
  const { ct, enc } = await impl.hpke.seal(pair.publicKey, probe, new Uint8Array());
  const opened = await impl.hpke.open(pair.privateKey, enc, ct, new Uint8Array());
  const signer = await impl.signature.keygen();
  const signature = await impl.signature.sign(signer.signKey, probe);
  const works = new TextDecoder().decode(opened) === name && (await impl.signature.verify(signer.publicKey, probe, signature));
  if (!works) throw new Error(`suite ${name} does not work here`);
  return { name, impl };
}
