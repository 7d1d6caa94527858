import { importSecret } from '../../src/sframe/derivation';
import type { Epoch } from '../../src/sframe/keyRing';

/** People by leaf. */
export const people: ReadonlyMap<number, string> = new Map([[0, 'ada'], [1, 'bob'], [2, 'eve']]);

/** The secret of an epoch in these tests: another for each, the same for all of its members. */
export function secretOf(generation: number, epoch: number, salt = 0): Uint8Array<ArrayBuffer> {
  const secret = new Uint8Array(32).fill(salt);
  new DataView(secret.buffer).setUint32(0, generation);
  new DataView(secret.buffer).setUint32(4, epoch);
  return secret;
}

/** An epoch as the member with this leaf has it. */
export async function epochOf(
  self: number, epoch: number, { generation = 1, members = people, salt = 0 } = {},
): Promise<Epoch> {
  return { generation, epoch, secret: await importSecret(secretOf(generation, epoch, salt)), members, self };
}
