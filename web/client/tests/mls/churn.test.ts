// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { MlsGroup } from '../../src/mls/group';
import { agree, change, foundedBy, packagesFor } from './support/people';

const people = (names: readonly string[]) => Promise.all(names.map((name) => packagesFor(name)));

/** Members commit in turn, so that parents are filled, while others come: then newcomers are listed as unmerged at several levels. */
describe('newcomers after churn', () => {
  it('can join where the library alone refuses the tree', async () => {
    const zero = await foundedBy('0');
    const group: MlsGroup[] = [zero, ...(await change(zero, [], await people(['1', '2', '3', '4', '5', '6'])))];
    const others = (one: MlsGroup): MlsGroup[] => group.filter((member) => member !== one);
    const six = group[6] as MlsGroup;
    await change(six, others(six), []);
    group.push(...(await change(zero, others(zero), await people(['7']))));
    await change(zero, others(zero), []);
    group.push(...(await change(zero, others(zero), await people(['8']))));
    expect(group).toHaveLength(9);
    expect(agree(group)).toBe(true);
  }, 60_000);

  it('can join at every moment of seeded churn', async () => {
    for (let seed = 1; seed <= 1; seed++) {
      const random = randomFrom(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      let next = 1;
      let group: MlsGroup[] = [await foundedBy('p0')];
      for (let step = 0; step < 12; step++) {
        const committer = pick(group);
        const others = group.filter((one) => one !== committer);
        const leaving = others.filter(() => random() < 0.1);
        const staying = others.filter((one) => !leaving.includes(one));
        const coming = await people(Array.from({ length: random() < 0.7 ? 1 + Math.floor(random() * 3) : 0 }, () => `p${next++}`));
        group = [committer, ...staying, ...(await change(committer, staying, coming, leaving.map((one) => one.ownLeaf)))];
        expect(agree(group), `seed ${seed} step ${step}`).toBe(true);
      }
    }
  }, 60_000);
});

function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
