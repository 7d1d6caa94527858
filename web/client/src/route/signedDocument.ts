import { fromBase64Url, toBase64Url } from './base64url';

const longest = 4 * 1024 * 1024;
const signatureBytes = 64;

/**
 * Opens a signed text: base64url(payload) "." base64url(signature), ECDSA P-256 with SHA-256 in IEEE P1363 form over the first part exactly as
 * transmitted. Gives the JSON of the payload; undefined when the signature is not of this key, or the text is malformed in any way.
 */
export async function openSigned(text: string, key: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const dot = text.indexOf('.');
  if (text.length > longest || dot < 0) return undefined;
  const body = text.slice(0, dot);
  const payload = fromBase64Url(body);
  const signature = fromBase64Url(text.slice(dot + 1));
  if (!payload || signature?.length !== signatureBytes) return undefined;
  try {
    const verifier = await crypto.subtle.importKey('spki', key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    const genuine = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, verifier, signature, new TextEncoder().encode(body));
    return genuine ? (JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as unknown) : undefined;
  } catch {
    // No such key, no text, or no WebCrypto: nothing that could be believed.
    return undefined;
  }
}

/** SHA-256 of a public key's SubjectPublicKeyInfo, base64url: what links carry and browsers pin. */
export async function keyHash(key: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', key)));
}
