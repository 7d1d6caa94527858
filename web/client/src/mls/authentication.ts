import type { AuthenticationService } from 'ts-mls/authenticationService.js';
import type { Credential } from 'ts-mls/credential.js';
import { toBase64Url } from '../route/base64url';
import { framed, sha256 } from './bytes';
import { checkCredential, type CredentialFault, type CredentialScope, type Identity } from './credential';

const mostKept = 2048;

/**
 * RFC 9420's authentication service (section 5.3.1): which credential goes with which signature key. The library's own accepts
 * everything. Verdicts are kept, since the library asks again for the whole tree at every join.
 */
export class Authentication implements AuthenticationService {
  private readonly verdicts = new Map<string, Identity | CredentialFault>();

  constructor(private readonly scope: CredentialScope) {}

  async validateCredential(credential: Credential, signatureKey: Uint8Array): Promise<boolean> {
    return typeof (await this.check(credential, signatureKey)) === 'object';
  }

  /** Whose it is, or why it counts for nothing. */
  async check(credential: Credential, signatureKey: Uint8Array): Promise<Identity | CredentialFault> {
    if (credential.credentialType !== 'basic') return 'credential-invalid';
    const key = toBase64Url(await sha256(framed(credential.identity, signatureKey)));
    const known = this.verdicts.get(key);
    if (known) return known;
    const verdict = await checkCredential(this.scope, credential.identity, signatureKey);
    if (this.verdicts.size >= mostKept) this.verdicts.delete(this.verdicts.keys().next().value ?? '');
    this.verdicts.set(key, verdict);
    return verdict;
  }
}
