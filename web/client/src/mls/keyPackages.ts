import type { Capabilities } from 'ts-mls/capabilities.js';
import { generateKeyPackageWithKey, makeKeyPackageRef, verifyKeyPackage, type KeyPackage, type PrivateKeyPackage } from 'ts-mls/keyPackage.js';
import { verifyLeafNodeSignatureKeyPackage } from 'ts-mls/leafNode.js';
import type { Authentication } from './authentication';
import { type Bytes } from './bytes';
import { makeCredential, type CredentialScope, type Identity } from './credential';
import type { DeviceIdentity } from './deviceIdentity';
import { contextExtension } from './groupContext';
import { faulting, GroupError } from './groupError';
import type { Suite } from './suites';
import { encodeMessage, limits, readMessages } from './wire';

export interface OwnKeyPackage {
  readonly suite: Suite;
  readonly shown: KeyPackage;
  readonly kept: PrivateKeyPackage;
  /** By which a welcome names it. */
  readonly reference: Bytes;
}

/** One way into the group: a key package for each suite that this browser has, with one credential. Good for one welcome. */
export interface OwnKeyPackages {
  readonly bySuite: readonly OwnKeyPackage[];
  /** For the delivery service. */
  readonly encoded: Bytes;
}

/**
 * Key packages do not run out by the clock: a wrong one on either side would lock people out, and what ends a key package
 * is its generation, in the credential.
 */
const lifetime = { notBefore: 0n, notAfter: 0xffff_ffff_ffff_ffffn };
const mostSuites = 4;

export async function makeKeyPackages(scope: CredentialScope, participant: string, device: DeviceIdentity, suites: readonly Suite[]): Promise<OwnKeyPackages> {
  const [first] = suites;
  if (!first) throw new Error('no suite works here');
  const pair = await first.impl.signature.keygen();
  const identity = await makeCredential(scope, participant, device, pair.publicKey);
  const capabilities: Capabilities = {
    versions: ['mls10'], ciphersuites: suites.map((suite) => suite.impl.name), extensions: [contextExtension], proposals: [], credentials: ['basic'],
  };
  const bySuite = await Promise.all(suites.map(async (suite): Promise<OwnKeyPackage> => {
    const made = await generateKeyPackageWithKey({ credentialType: 'basic', identity }, capabilities, lifetime, [], pair, suite.impl);
    const reference = Uint8Array.from(await makeKeyPackageRef(made.publicPackage, suite.impl.hash));
    return { suite, shown: made.publicPackage, kept: made.privatePackage, reference };
  }));
  const parts = bySuite.map(({ shown }) => encodeMessage({ wireformat: 'mls_key_package', keyPackage: shown }));
  const encoded = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (encoded.set(part, at), at + part.length), 0);
  return { bySuite, encoded };
}

/** Somebody's key package for the suite, with whom it is for; a {@link GroupError} says why it is no good. */
export async function readKeyPackage(bytes: Uint8Array, suite: Suite, authentication: Authentication): Promise<{ keyPackage: KeyPackage; identity: Identity }> {
  const found = readMessages(bytes, 'mls_key_package', limits.keyPackage, mostSuites);
  const keyPackage = found.map((message) => message.keyPackage).find((one) => one.cipherSuite === suite.impl.name);
  if (!keyPackage) throw new GroupError('invalid', `no key package for ${suite.name}`);
  return { keyPackage, identity: await checkKeyPackage(keyPackage, suite, authentication) };
}

/** Credential and both signatures. The library checks them too, but many at once, so that two faults in one commit go unhandled. */
export async function checkKeyPackage(keyPackage: KeyPackage, suite: Suite, authentication: Authentication): Promise<Identity> {
  return faulting('invalid', async () => {
    const { leafNode } = keyPackage;
    const identity = await authentication.check(leafNode.credential, leafNode.signaturePublicKey);
    if (identity === 'secret-wrong') throw new GroupError('secret-wrong', 'no proof of the meeting secret');
    if (identity === 'credential-invalid') throw new GroupError('invalid', 'credential');
    const { signature } = suite.impl;
    const genuine = (await verifyKeyPackage(keyPackage, signature)) && (await verifyLeafNodeSignatureKeyPackage(leafNode, signature));
    if (!genuine) throw new GroupError('invalid', 'signature of the key package');
    return identity;
  });
}
