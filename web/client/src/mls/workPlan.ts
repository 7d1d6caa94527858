import type { KeyPackage } from 'ts-mls/keyPackage.js';
import type { MlsGroup } from './group';
import { GroupError } from './groupError';
import type { Leaf } from './leaves';
import type { DeliveryEvent, RefusalReason, WorkAdd } from './protocol';

export interface WorkPlan {
  readonly add: readonly { readonly participant: string; readonly keyPackage: KeyPackage }[];
  readonly remove: readonly Leaf[];
  readonly refused: readonly { readonly participant: string; readonly reason: RefusalReason }[];
  /** Somebody to be added is not on the list of participants (yet). */
  readonly unlisted: boolean;
}

/** In one commit; the rest is asked for again. */
const mostAdds = 32;

/** What of the work can be done: who is added must be listed and prove who it is; whoever is added again loses its old leaf. */
export async function planWork(
  work: Extract<DeliveryEvent, { name: 'mlsWork' }>, group: MlsGroup, self: string, isListed: (participant: string) => boolean,
): Promise<WorkPlan> {
  const leaves = new Map(group.members().map((member) => [member.participant, member]));
  const remove = new Map<string, Leaf>();
  const leave = (participant: string): void => {
    const leaf = leaves.get(participant);
    if (leaf && participant !== self) remove.set(participant, leaf);
  };
  work.remove.forEach(leave);
  const wanted = new Map(work.add.filter((one) => one.participant !== self).map((one) => [one.participant, one]));
  const listed = [...wanted.values()].filter((one) => isListed(one.participant)).slice(0, mostAdds);
  const refused: { participant: string; reason: RefusalReason }[] = [];
  const add: { participant: string; keyPackage: KeyPackage }[] = [];
  for (const one of listed) {
    const verdict = await verdictOn(one, group);
    if (typeof verdict === 'string') refused.push({ participant: one.participant, reason: verdict });
    else add.push({ participant: one.participant, keyPackage: verdict });
  }
  add.forEach((one) => leave(one.participant));
  return { add, remove: [...remove.values()], refused, unlisted: [...wanted.keys()].some((one) => !isListed(one)) };
}

async function verdictOn(one: WorkAdd, group: MlsGroup): Promise<KeyPackage | RefusalReason> {
  try {
    const { keyPackage, identity } = await group.readKeyPackage(one.keyPackage ?? new Uint8Array());
    return identity.participant === one.participant ? keyPackage : 'package-invalid';
  } catch (error) {
    if (!(error instanceof GroupError)) throw error;
    return error.fault === 'secret-wrong' ? 'secret-wrong' : 'package-invalid';
  }
}

/** The plan without the key packages that the library would not commit, for what our own checks do not see (capabilities, keys used twice). */
export async function withoutMisfits(plan: WorkPlan, group: MlsGroup): Promise<WorkPlan> {
  const misfits: string[] = [];
  for (const { participant, keyPackage } of plan.add) {
    try {
      await group.commit([keyPackage], []);
    } catch (error) {
      if (!(error instanceof GroupError)) throw error;
      misfits.push(participant);
    }
  }
  return {
    ...plan,
    add: plan.add.filter((one) => !misfits.includes(one.participant)),
    refused: [...plan.refused, ...misfits.map((participant) => ({ participant, reason: 'package-invalid' as const }))],
  };
}
