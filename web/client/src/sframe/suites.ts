/** A cipher suite of RFC 9605 section 4.5. */
export interface Suite {
  readonly id: number;
  readonly mode: 'gcm' | 'ctr-hmac';
  readonly hash: 'SHA-256' | 'SHA-512';
  /** Bytes of the AES key. */
  readonly cipherKey: number;
  /** Bytes of the key of the HMAC behind it; 0 with GCM. */
  readonly macKey: number;
  /** Bytes of the tag. */
  readonly tag: number;
}

/** Bytes of every suite's nonce. */
export const nonceLength = 12;

const ctrHmac = { mode: 'ctr-hmac', hash: 'SHA-256', cipherKey: 16, macKey: 32 } as const;

export const suites = {
  AES_128_CTR_HMAC_SHA256_80: { ...ctrHmac, id: 1, tag: 10 },
  AES_128_CTR_HMAC_SHA256_64: { ...ctrHmac, id: 2, tag: 8 },
  AES_128_CTR_HMAC_SHA256_32: { ...ctrHmac, id: 3, tag: 4 },
  AES_128_GCM_SHA256_128: { mode: 'gcm', hash: 'SHA-256', cipherKey: 16, macKey: 0, id: 4, tag: 16 },
  AES_256_GCM_SHA512_128: { mode: 'gcm', hash: 'SHA-512', cipherKey: 32, macKey: 0, id: 5, tag: 16 },
} as const satisfies Record<string, Suite>;

/** What meetings use. */
export const meetingSuite: Suite = suites.AES_128_GCM_SHA256_128;
