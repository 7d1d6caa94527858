import { fromBase64Url, toBase64Url } from '../route/base64url';
import { framed, utf8, type Bytes } from './bytes';

const secretBytes = 16;

/** A new meeting secret for an invitation link's fragment (`s=`): 16 random bytes, base64url. It is never sent to a server. */
export function newMeetingSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(secretBytes)));
}

/**
 * What whoever holds the link can prove and a server cannot. The proof stands in the credential of every member (`member`), and
 * the creator's word that the group was made under the secret in the group's context (`group`).
 */
export class MeetingSecret {
  private constructor(private readonly key: CryptoKey) {}

  /** Null when the text of the link is no meeting secret: a damaged link must not count as one without a secret. */
  static async open(text: string, meeting: string): Promise<MeetingSecret | null> {
    const secret = fromBase64Url(text);
    if (secret?.length !== secretBytes) return null;
    const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: utf8(meeting), info: utf8('parley meeting secret v1') };
    const key = await crypto.subtle.deriveKey(derivation, base, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign', 'verify']);
    return new MeetingSecret(key);
  }

  /** HMAC-SHA-256 over what is framed: 32 bytes. */
  async prove(...parts: readonly (string | number | Uint8Array)[]): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign('HMAC', this.key, framed(...parts)));
  }

  check(proof: Bytes, ...parts: readonly (string | number | Uint8Array)[]): Promise<boolean> {
    return crypto.subtle.verify('HMAC', this.key, proof, framed(...parts));
  }
}
