import { concat, type Bytes } from './bytes';
import type { FrameCipher } from './cipher';
import { encodeHeader, type SFrameHeader } from './header';

/** An SFrame ciphertext (RFC 9605 section 4.2): header, hidden bytes, tag. `metadata` is authenticated, not carried. */
export async function seal(
  cipher: FrameCipher, keyId: bigint, counter: bigint, metadata: Bytes, plain: Bytes,
): Promise<Bytes> {
  const header = encodeHeader(keyId, counter);
  return concat(header, await cipher.seal(counter, concat(header, metadata), plain));
}

/** What an SFrame ciphertext with this header holds; null when it is not authentic. */
export function open(cipher: FrameCipher, header: SFrameHeader, metadata: Bytes, sealed: Bytes): Promise<Bytes | null> {
  const bound = concat(sealed.subarray(0, header.length), metadata);
  return cipher.open(header.counter, bound, sealed.subarray(header.length));
}
