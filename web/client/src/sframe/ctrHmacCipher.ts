import { bigEndian, concat, sameBytes, type Bytes } from './bytes';
import { nonceOf, type FrameCipher } from './cipher';

/** The AES-CTR suites with a shortened HMAC (RFC 9605 section 4.5.1). */
export class CtrHmacCipher implements FrameCipher {
  constructor(
    private readonly key: CryptoKey,
    private readonly macKey: CryptoKey,
    private readonly salt: Bytes,
    private readonly tagLength: number,
  ) {}

  async seal(counter: bigint, bound: Bytes, plain: Bytes): Promise<Bytes> {
    const nonce = nonceOf(this.salt, counter);
    const hidden = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce), this.key, plain));
    return concat(hidden, await this.tag(nonce, bound, hidden));
  }

  async open(counter: bigint, bound: Bytes, sealed: Bytes): Promise<Bytes | null> {
    if (sealed.length < this.tagLength) return null;
    const nonce = nonceOf(this.salt, counter);
    const hidden = sealed.subarray(0, sealed.length - this.tagLength);
    const tag = await this.tag(nonce, bound, hidden);
    if (!sameBytes(tag, sealed.subarray(hidden.length))) return null;
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce), this.key, hidden));
  }

  private async tag(nonce: Bytes, bound: Bytes, hidden: Bytes): Promise<Bytes> {
    const lengths = [bound.length, hidden.length, this.tagLength].map((length) => bigEndian(BigInt(length), 8));
    const whole = await crypto.subtle.sign('HMAC', this.macKey, concat(...lengths, nonce, bound, hidden));
    return new Uint8Array(whole, 0, this.tagLength);
  }
}

function parameters(nonce: Bytes): AesCtrParams {
  return { name: 'AES-CTR', counter: concat(nonce, new Uint8Array(4)), length: 32 };
}
