import type { CredentialScope } from '../../../src/mls/credential';
import { openDeviceIdentity } from '../../../src/mls/deviceIdentity';
import { MlsGroup } from '../../../src/mls/group';
import { makeKeyPackages, type OwnKeyPackages } from '../../../src/mls/keyPackages';
import { MeetingSecret } from '../../../src/mls/meetingSecret';
import { loadSuite, type SuiteName } from '../../../src/mls/suites';

export const noneSpent = (): boolean => false;

export function scopeOf(secret: MeetingSecret | null = null, generation = 1): CredentialScope {
  return { meeting: 'eu-fra.meeting', generation, secret };
}

export async function secretFrom(text = 'AAAAAAAAAAAAAAAAAAAAAA'): Promise<MeetingSecret> {
  const secret = await MeetingSecret.open(text, 'eu-fra.meeting');
  if (!secret) throw new Error('no secret');
  return secret;
}

export async function packagesFor(participant: string, scope = scopeOf(), suites: readonly SuiteName[] = ['classic']): Promise<OwnKeyPackages> {
  const device = await openDeviceIdentity(undefined);
  return makeKeyPackages(scope, participant, device, await Promise.all(suites.map((name) => loadSuite(name))));
}

export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`${list.length} instead of one`);
  return first;
}

export async function foundedBy(participant: string, scope = scopeOf(), suite: SuiteName = 'classic'): Promise<MlsGroup> {
  const packages = await packagesFor(participant, scope, [suite]);
  return MlsGroup.create(scope, only(packages.bySuite));
}

/** `committer` adds and removes; everyone else in `others` follows. Gives the groups of the newcomers, in their order. */
export async function change(
  committer: MlsGroup, others: readonly MlsGroup[], add: readonly OwnKeyPackages[], remove: readonly number[] = [], scope = scopeOf(),
): Promise<MlsGroup[]> {
  const packages = await Promise.all(add.map(async (one) => (await committer.readKeyPackage(one.encoded)).keyPackage));
  const pending = await committer.commit(packages, remove);
  committer.apply(pending);
  for (const other of others) await other.process(pending.commit);
  const { welcome, tree } = pending;
  if (!welcome || !tree) return [];
  const joined: MlsGroup[] = [];
  for (const one of add) joined.push(await MlsGroup.join(scope, [one], welcome, tree, noneSpent));
  return joined;
}

/** All in the same epoch of the same group. */
export function agree(groups: readonly MlsGroup[]): boolean {
  return new Set(groups.map((group) => `${group.epoch} ${group.epochAuthenticator.join(' ')}`)).size === 1;
}
