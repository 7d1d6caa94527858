import { framed, utf8, type Bytes } from './bytes';
import { codeEmoji } from './codeEmoji';
import { codeWords } from './codeWords';

/** The same for all who are in the same epoch of the same group: eight of 256 words, or the same as pictures. */
export interface SecurityCode {
  readonly generation: number;
  readonly epoch: number;
  readonly words: readonly string[];
  readonly emoji: readonly string[];
}

const letters = 8;
/** Whoever sits between two halves of a group could try commits until both halves show one code: 2^32 trials, each of so many steps. */
const steps = 131_072;

/** About 50 ms: made when somebody looks at it. */
export async function securityCode(generation: number, epoch: number, authenticator: Bytes): Promise<SecurityCode> {
  const base = await crypto.subtle.importKey('raw', authenticator, 'PBKDF2', false, ['deriveBits']);
  const salt = framed('parley security code v1', generation, epoch);
  const bits = new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: steps }, base, letters * 8));
  return { generation, epoch, words: Array.from(bits, (byte) => codeWords[byte] ?? ''), emoji: Array.from(bits, (byte) => codeEmoji[byte] ?? '') };
}

/** What members tell each other of their epoch: equal where the epochs are. It says nothing about the secrets. */
export async function epochDigest(authenticator: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', authenticator, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8('parley epoch v1'))).slice(0, 12);
}
