import type { Extension } from 'ts-mls/extension.js';
import { parleyCorrection } from 'ts-mls/clientState.js';
import { fromBase64Url, toBase64Url } from '../route/base64url';
import { isFields } from '../route/shape';
import { fromUtf8, utf8 } from './bytes';
import type { CredentialScope } from './credential';
import { GroupError } from './groupError';
import type { SuiteName } from './suites';

/** Private use (RFC 9420, section 17.3). */
export const contextExtension = 0xf070;

/** Suite 83 is the library's own and may change with it, so the group says with which release it was made. */
const library = `ts-mls ${parleyCorrection}`;

/**
 * What a group says of itself, in its context and so in every secret: JSON `{v, meeting, generation, suite, library, secret?}`.
 * `secret` is the creator's proof that the group was made under the meeting secret; from then on every member must prove it.
 */
export async function makeContext(scope: CredentialScope, suite: SuiteName, groupId: Uint8Array): Promise<Extension[]> {
  const proof = scope.secret && (await scope.secret.prove(...claim(scope, groupId)));
  const { meeting, generation } = scope;
  const text = JSON.stringify({ v: 1, meeting, generation, suite, library, ...(proof ? { secret: toBase64Url(proof) } : {}) });
  return [{ extensionType: contextExtension, extensionData: utf8(text) }];
}

/** Whether the group is the one that this link and this generation stand for. */
export async function checkContext(scope: CredentialScope, suite: SuiteName, groupId: Uint8Array, extensions: readonly Extension[]): Promise<void> {
  const [only, ...others] = extensions;
  if (!only || others.length > 0 || only.extensionType !== contextExtension) throw new GroupError('invalid', 'group context');
  const value = parse(fromUtf8(only.extensionData) ?? '');
  const expected = { v: 1, meeting: scope.meeting, generation: scope.generation, suite, library };
  for (const [key, wanted] of Object.entries(expected)) {
    if (!isFields(value) || value[key] !== wanted) throw new GroupError('invalid', `${key} of the group`);
  }
  const proof = isFields(value) && typeof value['secret'] === 'string' ? fromBase64Url(value['secret']) : null;
  const matches = scope.secret ? proof !== null && (await scope.secret.check(proof, ...claim(scope, groupId))) : proof === null;
  if (!matches) throw new GroupError('secret-wrong', 'the group was not made with the meeting secret of this link');
}

const claim = (scope: CredentialScope, groupId: Uint8Array): readonly (string | number | Uint8Array)[] =>
  ['parley group v1', scope.meeting, scope.generation, groupId];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
