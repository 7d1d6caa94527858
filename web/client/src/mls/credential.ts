import { fromBase64Url, toBase64Url } from '../route/base64url';
import { hasTexts, isFields } from '../route/shape';
import { copied, framed, fromUtf8, utf8, type Bytes } from './bytes';
import type { DeviceIdentity } from './deviceIdentity';
import type { MeetingSecret } from './meetingSecret';

/** What a credential is bound to: it is worth nothing in another meeting or generation. */
export interface CredentialScope {
  readonly meeting: string;
  readonly generation: number;
  /** Null: the meeting's links carry no secret. */
  readonly secret: MeetingSecret | null;
}

/** What a leaf says of its owner. */
export interface Identity {
  readonly participant: string;
  /** Public key of the device (P-256, uncompressed point), base64url. */
  readonly device: string;
}

export type CredentialFault = 'credential-invalid' | 'secret-wrong';

interface Fields extends Identity {
  readonly signature: Bytes;
  readonly proof: Bytes | null;
}

const version = 1;
const longest = 1024;
const longestParticipant = 64;
const devicePoint = 65;

/** The identity of an MLS basic credential: JSON `{v, participant, device, sig, proof?}` in UTF-8. */
export async function makeCredential(scope: CredentialScope, participant: string, device: DeviceIdentity, signatureKey: Uint8Array): Promise<Bytes> {
  const signature = await device.sign(deviceClaim(scope, participant, signatureKey));
  const proof = scope.secret && (await scope.secret.prove(...memberClaim(scope, participant, signatureKey)));
  return utf8(JSON.stringify({
    v: version, participant, device: device.publicKey, sig: toBase64Url(signature), ...(proof ? { proof: toBase64Url(proof) } : {}),
  }));
}

/** What it says, unchecked; null when it is malformed. */
export function readIdentity(credential: Uint8Array): Identity | null {
  return readFields(credential);
}

/** What it says, once the device's signature and, with a meeting secret, the proof hold for this signature key; else why not. */
export async function checkCredential(scope: CredentialScope, credential: Uint8Array, signatureKey: Uint8Array): Promise<Identity | CredentialFault> {
  const fields = readFields(credential);
  if (!fields) return 'credential-invalid';
  const { participant, device, signature, proof } = fields;
  if (!(await isSigned(device, signature, deviceClaim(scope, participant, signatureKey)))) return 'credential-invalid';
  if (scope.secret && !(proof && (await scope.secret.check(proof, ...memberClaim(scope, participant, signatureKey))))) return 'secret-wrong';
  return { participant, device };
}

const deviceClaim = (scope: CredentialScope, participant: string, signatureKey: Uint8Array): Bytes =>
  framed('parley device v1', scope.meeting, scope.generation, participant, signatureKey);

const memberClaim = (scope: CredentialScope, participant: string, signatureKey: Uint8Array): readonly (string | number | Uint8Array)[] =>
  ['parley member v1', scope.meeting, scope.generation, participant, signatureKey];

function readFields(credential: Uint8Array): Fields | null {
  if (credential.length > longest) return null;
  const text = fromUtf8(credential);
  const value = text === null ? null : parse(text);
  if (!isFields(value) || value['v'] !== version || !hasTexts(value, 'participant', 'device', 'sig')) return null;
  const { participant, device, sig, proof } = value as Record<string, string | undefined>;
  const signature = fromBase64Url(sig ?? '');
  const proofBytes = proof === undefined ? null : typeof proof === 'string' ? fromBase64Url(proof) : undefined;
  if (!participant || participant.length > longestParticipant || !device || !signature || proofBytes === undefined) return null;
  if (fromBase64Url(device)?.length !== devicePoint) return null;
  return { participant, device, signature, proof: proofBytes };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function isSigned(device: string, signature: Bytes, claim: Bytes): Promise<boolean> {
  try {
    const point = copied(fromBase64Url(device) ?? new Uint8Array());
    const key = await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, claim);
  } catch {
    // No point of the curve.
    return false;
  }
}
