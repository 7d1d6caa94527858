import type { Bytes } from './bytes';

/** What a frame's key is good for: its own sender seals, everyone else opens. */
export type Purpose = 'seal' | 'open';

/** One sender's key and salt in one epoch. The key itself stays inside WebCrypto. */
export interface FrameCipher {
  /** Ciphertext and tag. Never twice with one counter. */
  seal(counter: bigint, bound: Bytes, plain: Bytes): Promise<Bytes>;
  /** The plaintext; null when the tag is wrong. */
  open(counter: bigint, bound: Bytes, sealed: Bytes): Promise<Bytes | null>;
}

/** RFC 9605 section 4.4.3: the salt with the counter laid over its end. */
export function nonceOf(salt: Bytes, counter: bigint): Bytes {
  const nonce = salt.slice();
  const end = new DataView(nonce.buffer, nonce.length - 8);
  end.setBigUint64(0, end.getBigUint64(0) ^ counter);
  return nonce;
}
