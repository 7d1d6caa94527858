import type { Bytes } from './bytes';
import { nonceOf, type FrameCipher } from './cipher';

/** The AES-GCM suites, tags of 16 bytes. */
export class GcmCipher implements FrameCipher {
  constructor(
    private readonly key: CryptoKey,
    private readonly salt: Bytes,
  ) {}

  async seal(counter: bigint, bound: Bytes, plain: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.parameters(counter, bound), this.key, plain));
  }

  async open(counter: bigint, bound: Bytes, sealed: Bytes): Promise<Bytes | null> {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.parameters(counter, bound), this.key, sealed));
    } catch {
      return null;
    }
  }

  private parameters(counter: bigint, bound: Bytes): AesGcmParams {
    return { name: 'AES-GCM', iv: nonceOf(this.salt, counter), additionalData: bound, tagLength: 128 };
  }
}
