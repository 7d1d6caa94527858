// @vitest-environment node
import { createProposal } from 'ts-mls/createMessage.js';
import { encodeMlsMessage } from 'ts-mls/message.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MlsGroup } from '../../src/mls/group';
import { deliveryEventNames } from '../../src/mls/protocol';
import { loadSuite } from '../../src/mls/suites';
import { toBase64Url } from '../../src/route/base64url';
import { agree, change, foundedBy, only, packagesFor, scopeOf } from './support/people';
import { Random } from './support/random';
import { World, type Person } from './support/world';

const patience = 30_000;
afterEach(() => vi.useRealTimers());

async function pair(): Promise<{ world: World; ada: Person; ben: Person }> {
  const world = new World();
  const ada = await world.arrive('ada');
  await world.run(1_000);
  const ben = await world.arrive('ben');
  await world.run(2_000);
  return { world, ada, ben };
}

describe('events that are not what they should be', () => {
  it('are counted and change nothing', async () => {
    const { world, ada } = await pair();
    const random = new Random(1);
    const generation = world.service.generation;
    const junk = (): unknown => random.pick([undefined, null, 1, -1, 2 ** 60, 1.5, '', 'AAAA', '%%%', 'A'.repeat(90_000), [], [null], [{}], {}, true]);
    for (let n = 0; n < 400; n++) {
      const name = random.pick(deliveryEventNames) ?? 'mlsWork';
      if (name === 'mlsLost' || name === 'mlsRestart') continue;
      const argument = random.chance(0.2) ? junk() : Object.fromEntries(['generation', 'epoch', 'add', 'remove', 'commit', 'welcome', 'tree', 'message', 'from', 'count']
        .map((key) => [key, random.chance(0.5) ? junk() : key === 'generation' ? generation : key === 'epoch' ? 0 : junk()]));
      await world.give(ada, { kind: 'event', name, argument });
    }
    await world.run(2_000);
    expect(ada.member.status.phase).toBe('member');
    expect(ada.member.counters['event-malformed']).toBeGreaterThan(50);
    expect(world.agreed()).toBe(true);
  }, patience);

  it('refuses malformed and foreign key packages by name, and lets the good ones in', async () => {
    const { world, ada, ben } = await pair();
    const { generation } = world.service;
    world.list = (all) => [...all, 'x1', 'x2', 'x3', 'x4'];
    await world.give(ada, { kind: 'roster', participants: ['ada', 'ben', 'cleo', 'x1', 'x2', 'x3', 'x4'] });
    const calls: { name: string; argument: unknown }[] = [];
    const genuine = world.service.call.bind(world.service);
    world.service.call = (from, name, argument) => {
      calls.push({ name, argument });
      return genuine(from, name, argument);
    };
    const good = await packagesFor('x4', scopeOf(null, generation));
    const other = await packagesFor('somebody', scopeOf(null, generation));
    const damaged = good.encoded.slice();
    damaged[damaged.length - 5] = (damaged[damaged.length - 5] ?? 0) ^ 1;
    const add = [['x1', new Uint8Array([1, 2, 3])], ['x2', other.encoded], ['x3', damaged], ['x4', good.encoded]] as const;
    await world.give(ada, { kind: 'event', name: 'mlsWork', argument: { generation, epoch: 1, add: add.map(([participant, bytes]) => ({ participant, keyPackage: toBase64Url(bytes) })), remove: [] } });
    await world.run(60);
    const refused = calls.filter((one) => one.name === 'mlsRefuse').map((one) => one.argument);
    expect(refused).toEqual(['x1', 'x2', 'x3'].map((participant) => ({ generation, participant, reason: 'package-invalid' })));
    expect(calls.find((one) => one.name === 'mlsCommit')?.argument).toMatchObject({ added: ['x4'], removed: [] });
    expect(ben.member.status.members.map((one) => one.participant)).toEqual(['ada', 'ben', 'x4']);
  }, patience);

  it('lets a flood of more than it can work off start over', async () => {
    const { world, ada, ben } = await pair();
    await world.give(ada, { kind: 'flooded' });
    await world.run(3_000);
    expect(world.agreed()).toBe(true);
    expect(ada.member.counters['lost-flooded']).toBe(1);
    expect(ben.faults).toEqual([]);
  }, patience);
});

describe('a member that does not play by the rules', () => {
  async function three(): Promise<[MlsGroup, MlsGroup, MlsGroup]> {
    const ada = await foundedBy('ada');
    const [ben, cleo] = await change(ada, [], [await packagesFor('ben'), await packagesFor('cleo')]);
    if (!ben || !cleo) throw new Error('nobody came');
    return [ada, ben, cleo];
  }
  const stateOf = (group: MlsGroup) => (group as unknown as { state: Parameters<typeof createProposal>[0] }).state;

  it('cannot fill the others with proposals: none is taken, and they go on', async () => {
    const [ada, ben, cleo] = await three();
    const { impl } = await loadSuite('classic');
    for (const asPublic of [true, false]) {
      for (let n = 0; n < 20; n++) {
        const { message } = await createProposal(stateOf(ben), asPublic, { proposalType: 'remove', remove: { removed: 0 } }, impl);
        const bytes = Uint8Array.from(encodeMlsMessage(message));
        await expect(asPublic ? ada.process(bytes) : ada.open(bytes)).rejects.toMatchObject({ fault: 'invalid' });
      }
    }
    expect(Object.keys(stateOf(ada).unappliedProposals)).toHaveLength(0);
    await change(ada, [ben, cleo], []);
    expect(agree([ada, ben, cleo])).toBe(true);
  }, patience);

  it('cannot make the others work without end with one commit', async () => {
    const [ada, ben] = await three();
    const { commit } = await ben.commit([], [2]);
    const remove = Array.from({ length: 100_000 }, () => [1, 0, 3, 0, 0, 0, 2]).flat();
    // The list of proposals, 7 bytes of one remove, becomes 100,000 of them.
    const at = indexOf(commit, [7, 1, 0, 3, 0, 0, 0, 2]);
    expect(at).toBeGreaterThan(0);
    const length = [0x80 | (remove.length >> 24), (remove.length >> 16) & 255, (remove.length >> 8) & 255, remove.length & 255];
    const flood = Uint8Array.from([...commit.subarray(0, at), ...length, ...remove, ...commit.subarray(at + 8)]);
    const before = performance.now();
    await expect(ada.process(flood)).rejects.toMatchObject({ name: 'GroupError' });
    expect(performance.now() - before).toBeLessThan(5_000);
    await expect(ada.process(new Uint8Array(1_048_577))).rejects.toMatchObject({ fault: 'malformed' });
  }, patience);

  it('cannot take another’s name, be in twice, or do more than add and remove', async () => {
    const [ada, ben, cleo] = await three();
    const twice = await packagesFor('cleo');
    const made = await ben.commit([only(twice.bySuite).shown], []);
    await expect(ada.process(made.commit)).rejects.toMatchObject({ fault: 'invalid', message: 'a participant would be in the group twice' });
    const { impl } = await loadSuite('classic');
    const { createCommit } = await import('ts-mls/createCommit.js');
    const extended = await createCommit({ state: stateOf(ben), cipherSuite: impl }, { wireAsPublicMessage: true, extraProposals: [{ proposalType: 'group_context_extensions', groupContextExtensions: { extensions: [] } }] });
    await expect(cleo.process(Uint8Array.from(encodeMlsMessage(extended.commit)))).rejects.toMatchObject({ fault: 'invalid', message: 'a proposal of kind group_context_extensions' });
    const renamed = structuredClone({ ...stateOf(ben), clientConfig: null }).ratchetTree;
    const leaf = renamed[2];
    const strange = only((await packagesFor('mallory')).bySuite).shown.leafNode.credential;
    if (leaf?.nodeType === 'leaf') leaf.leaf.credential = strange;
    const posing = await createCommit({ state: { ...stateOf(ben), ratchetTree: renamed }, cipherSuite: impl }, { wireAsPublicMessage: true });
    await expect(ada.process(Uint8Array.from(encodeMlsMessage(posing.commit)))).rejects.toMatchObject({ fault: 'invalid', message: 'the committer changes its credential' });
    await change(ada, [ben, cleo], []);
    expect(agree([ada, ben, cleo])).toBe(true);
  }, patience);

  it('opens random bytes to nothing but a fault', async () => {
    const [ada, ben] = await three();
    const random = new Random(5);
    const genuine = await ben.seal(new Uint8Array(10));
    const { commit } = await ben.commit([], []);
    for (let n = 0; n < 300; n++) {
      const bytes = Uint8Array.from(random.pick([genuine, commit]) ?? genuine);
      for (let change = 0; change < 1 + random.below(3); change++) bytes[random.below(bytes.length)] = random.below(256);
      const cut = random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      if (same(cut, genuine) || same(cut, commit)) continue;
      await expect(ada.open(cut)).rejects.toMatchObject({ name: 'GroupError' });
      await expect(ada.process(cut)).rejects.toMatchObject({ name: 'GroupError' });
      await expect(ada.readKeyPackage(cut)).rejects.toMatchObject({ name: 'GroupError' });
    }
    await ada.process(commit);
    expect(ada.epoch).toBe(2);
  }, patience);
});

describe('clocks', () => {
  it('do not matter: members of 1970 and of 2100 meet', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const ada = await foundedBy('ada');
    vi.setSystemTime(new Date('2100-01-01'));
    const ben = await packagesFor('ben');
    vi.setSystemTime(new Date('2026-11-24'));
    const joined = await change(ada, [], [ben]);
    expect(agree([ada, ...joined])).toBe(true);
  });

  it('that jump ahead or back leave a member in its group', async () => {
    const { world, ada, ben } = await pair();
    await ada.member.handle({ kind: 'tick' }, world.now + 24 * 3_600_000);
    await ada.member.handle({ kind: 'tick' }, 5);
    expect(ada.member.status.phase).toBe('member');
    await world.give(ben, { kind: 'chat', id: 'one', text: 'still there?' });
    await world.run(1_000);
    expect(ada.chats.map((one) => one.text)).toEqual(['still there?']);
  }, patience);
});

function indexOf(bytes: Uint8Array, part: readonly number[]): number {
  return bytes.findIndex((_, at) => part.every((byte, offset) => bytes[at + offset] === byte));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
