import { bigEndian, concat, type Bytes } from './bytes';
import type { FrameCipher, Purpose } from './cipher';
import { CtrHmacCipher } from './ctrHmacCipher';
import { GcmCipher } from './gcmCipher';
import { nonceLength, type Suite } from './suites';

const text = new TextEncoder();

/** Takes secret bytes into WebCrypto, from where they cannot be read again, and wipes the given ones. */
export async function importSecret(secret: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);
  } finally {
    secret.fill(0);
  }
}

/** A sender's base key: HKDF-SHA-256 over the epoch's secret, told apart by the sender's leaf in the group. */
export async function senderBaseKey(epochSecret: CryptoKey, leaf: number): Promise<CryptoKey> {
  const info = concat(text.encode('parley sender'), bigEndian(BigInt(leaf), 4));
  const parameters: HkdfParams = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return importSecret(new Uint8Array(await crypto.subtle.deriveBits(parameters, epochSecret, 256)));
}

/** The cipher of a key id (RFC 9605 section 4.4.2). */
export async function deriveCipher(suite: Suite, baseKey: CryptoKey, keyId: bigint, purpose: Purpose): Promise<FrameCipher> {
  const [salt, make] = await Promise.all([
    crypto.subtle.deriveBits(hkdf(suite, keyId, 'salt'), baseKey, nonceLength * 8),
    suite.mode === 'gcm' ? deriveGcm(suite, baseKey, keyId, purpose) : deriveCtrHmac(suite, baseKey, keyId, purpose),
  ]);
  return make(new Uint8Array(salt));
}

type Maker = (salt: Bytes) => FrameCipher;

async function deriveGcm(suite: Suite, baseKey: CryptoKey, keyId: bigint, purpose: Purpose): Promise<Maker> {
  const kind: AesKeyAlgorithm = { name: 'AES-GCM', length: suite.cipherKey * 8 };
  const key = await crypto.subtle.deriveKey(hkdf(suite, keyId, 'key'), baseKey, kind, false, usagesOf(purpose));
  return (salt) => new GcmCipher(key, salt);
}

async function deriveCtrHmac(suite: Suite, baseKey: CryptoKey, keyId: bigint, purpose: Purpose): Promise<Maker> {
  const length = suite.cipherKey + suite.macKey;
  const both = new Uint8Array(await crypto.subtle.deriveBits(hkdf(suite, keyId, 'key'), baseKey, length * 8));
  const mac: HmacImportParams = { name: 'HMAC', hash: suite.hash };
  const [key, macKey] = await Promise.all([
    crypto.subtle.importKey('raw', both.subarray(0, suite.cipherKey), 'AES-CTR', false, usagesOf(purpose)),
    crypto.subtle.importKey('raw', both.subarray(suite.cipherKey), mac, false, ['sign']),
  ]);
  both.fill(0);
  return (salt) => new CtrHmacCipher(key, macKey, salt, suite.tag);
}

function usagesOf(purpose: Purpose): KeyUsage[] {
  return [purpose === 'seal' ? 'encrypt' : 'decrypt'];
}

function hkdf(suite: Suite, keyId: bigint, what: 'key' | 'salt'): HkdfParams {
  const info = concat(text.encode(`SFrame 1.0 Secret ${what} `), bigEndian(keyId, 8), bigEndian(BigInt(suite.id), 2));
  return { name: 'HKDF', hash: suite.hash, salt: new Uint8Array(), info };
}
