import type { EpochKeys } from '@parley/client';

/** Keys that all pages of a test make by themselves: `seed` stands for what only the members know. */
export function keysOf(epoch: number, seed: number, members: readonly string[], self: string): EpochKeys {
  const secret = new Uint8Array(32).fill(seed);
  secret[0] = epoch;
  return { generation: 1, epoch, secret, members: new Map(members.map((participant, leaf) => [leaf, participant])), self: members.indexOf(self) };
}
