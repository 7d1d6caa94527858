// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { FaultCode } from '../../src/mls/faults';
import { fromBase64Url, toBase64Url } from '../../src/route/base64url';
import { packagesFor, scopeOf, secretFrom } from './support/people';
import { World, type Person } from './support/world';

const patience = 30_000;

async function meeting(names: readonly string[], options: ConstructorParameters<typeof World>[0] = {}): Promise<{ world: World; people: Person[] }> {
  const world = new World(options);
  const people: Person[] = [];
  for (const one of names) {
    people.push(await world.arrive(one));
    await world.run(1_500);
  }
  expect(world.agreed()).toBe(true);
  return { world, people };
}

const codes = (person: Person | undefined): readonly FaultCode[] => person?.faults.map((one) => one.code) ?? [];
const standing = (person: Person | undefined): readonly FaultCode[] => person?.member.status.faults.map((one) => one.code) ?? [];

describe('a hostile delivery service', () => {
  it('cannot hide a member of its own: nothing is sealed for it, and it is named', async () => {
    const { world, people: [ada, ben] } = await meeting(['ada', 'ben']);
    const before = ada?.sendWith;
    // It makes somebody who is listed just long enough to be added.
    const ghost = await packagesFor('ghost', scopeOf(null, world.service.generation));
    world.list = (participants) => [...participants, 'ghost'];
    if (ada) await world.give(ada, { kind: 'roster', participants: ['ada', 'ben', 'ghost'] });
    world.service.join('ghost', null);
    world.service.call('ghost', 'mlsJoin', { generation: world.service.generation, keyPackage: toBase64Url(ghost.encoded) });
    world.list = (participants) => participants;
    if (ada) world.later(0, () => world.give(ada, { kind: 'event', name: 'mlsWork', argument: { generation: world.service.generation, epoch: 1, add: [{ participant: 'ghost', keyPackage: toBase64Url(ghost.encoded) }], remove: [] } }));
    await world.run(200);
    expect(ben?.member.status.members.map((one) => one.participant)).toContain('ghost');
    // Ben, who never saw it listed, seals nothing with the keys that it has.
    expect(ben?.sendWith).toEqual(before);
    await world.run(2_500);
    expect(standing(ben)).toEqual(['ghost-member']);
    expect(ben?.member.status).toMatchObject({ stopped: true });
    expect(ben?.sendWith).toBeNull();
  }, patience);

  it('cannot add anybody at all where the link carries a meeting secret', async () => {
    const { world, people: [ada, ben] } = await meeting(['ada', 'ben'], { secret: await secretFrom() });
    const ghost = await packagesFor('ghost', scopeOf(await secretFrom('BBBBBBBBBBBBBBBBBBBBBA'), world.service.generation));
    world.list = (participants) => [...participants, 'ghost'];
    world.relist();
    await world.run(100);
    const argument = { generation: world.service.generation, epoch: 1, add: [{ participant: 'ghost', keyPackage: toBase64Url(ghost.encoded) }], remove: [] };
    if (ada) await world.give(ada, { kind: 'event', name: 'mlsWork', argument });
    await world.run(1_000);
    expect(ada?.member.status.members).toHaveLength(2);
    expect(ben?.member.status.guard).toBe('secret');
    // Somebody who stays listed and cannot be let in stops the meeting visibly.
    await world.run(10_000);
    expect(standing(ada)).toEqual(['member-missing']);
    expect(ada?.sendWith).toBeNull();
  }, patience);

  it('is seen to withhold a commit from one', async () => {
    const { world, people: [ada, ben, cleo] } = await meeting(['ada', 'ben', 'cleo']);
    world.meddle = (to, name) => (to === 'cleo' && name === 'mlsCommit' ? [] : null);
    const service = world.service as unknown as { catchUp: (from: string, epoch: number) => unknown };
    const genuine = service.catchUp.bind(world.service);
    service.catchUp = (from, epoch) => (from === 'cleo' ? { generation: world.service.generation, epoch, commits: [] } : genuine(from, epoch));
    const dan = await world.arrive('dan');
    await world.run(4_000);
    expect(codes(cleo)).toContain('commit-missing');
    expect(standing(cleo)).toContain('commit-missing');
    expect([ada, ben, dan].every((one) => one?.member.status.epoch === 3)).toBe(true);
    expect(cleo?.member.status.epoch).toBe(2);
  }, patience);

  it('is seen to deliver commits in another order, and the member goes on', async () => {
    const { world, people: [ada, , cleo] } = await meeting(['ada', 'ben', 'cleo']);
    let kept: Record<string, unknown> | null = null;
    world.meddle = (to, name, argument) => {
      if (to !== 'cleo' || name !== 'mlsCommit') return null;
      if (!kept) {
        kept = argument;
        return [];
      }
      world.meddle = () => null;
      return [[name, argument], [name, kept]];
    };
    const argument = { generation: world.service.generation, add: [], remove: [] };
    if (ada) await world.give(ada, { kind: 'event', name: 'mlsWork', argument: { ...argument, epoch: 2 } });
    await world.run(100);
    world.later(1_000, () => (ada ? world.give(ada, { kind: 'event', name: 'mlsWork', argument: { ...argument, epoch: 3 } }) : undefined));
    const service = world.service as unknown as { catchUp: () => unknown };
    service.catchUp = () => ({ generation: world.service.generation, epoch: 2, commits: [] });
    await world.run(2_000);
    expect(codes(cleo)).toContain('commit-reordered');
    expect(world.agreed()).toBe(true);
  }, patience);

  it('cannot use a welcome again', async () => {
    const { world, people: [, ben] } = await meeting(['ada', 'ben']);
    const welcome = world.wire.find((one) => one.name === 'mlsWelcome');
    if (ben && welcome) await world.give(ben, { kind: 'event', name: 'mlsWelcome', argument: welcome.argument });
    expect(codes(ben)).toEqual(['welcome-replayed']);
    expect(world.agreed()).toBe(true);
    // Nor for the same person who lost its state: the welcome is for another key package.
    if (ben) world.leave(ben, true);
    world.meddle = (to, name, argument) => (to === 'ben' && name === 'mlsWelcome' && welcome ? [['mlsWelcome', { ...welcome.argument, epoch: argument['epoch'] }]] : null);
    const again = await world.arrive('ben');
    await world.run(2_000);
    expect(codes(again)).toEqual(['welcome-invalid']);
    expect(again.member.status.phase).toBe('joining');
  }, patience);

  it('is seen to show one member another group', async () => {
    const { world, people: [ada, ben, cleo] } = await meeting(['ada', 'ben', 'cleo']);
    // Ada and Ben both commit in the same epoch; Cleo gets one of them, the others the other.
    const argument = { generation: world.service.generation, epoch: 2, add: [], remove: [] };
    const service = world.service as unknown as { commit: (from: string, value: { commit: string; epoch: number }) => unknown };
    const genuine = service.commit.bind(world.service);
    let fork: { commit: string } | null = null;
    service.commit = (from, value) => {
      if (from !== 'ben') return genuine(from, value);
      fork = value;
      return { accepted: true };
    };
    world.meddle = (to, name, told) => (to !== 'ben' && to !== 'ada' && name === 'mlsCommit' && fork ? [[name, { ...told, commit: fork.commit }]] : null);
    if (ben) await world.give(ben, { kind: 'event', name: 'mlsWork', argument });
    await world.run(30);
    if (ada) await world.give(ada, { kind: 'event', name: 'mlsWork', argument });
    await world.run(1_000);
    expect(cleo?.epochs.at(-1)?.epoch).toBe(3);
    expect(cleo?.epochs.at(-1)?.secret).not.toEqual(ada?.epochs.at(-1)?.secret);
    await world.run(15_000);
    expect(standing(cleo)).toContain('group-forked');
    expect(standing(ada)).toContain('group-forked');
    expect([ada?.sendWith, cleo?.sendWith]).toEqual([null, null]);
  }, patience);

  it('is seen to keep people apart who are in one group', async () => {
    const { world, people: [ada, ben] } = await meeting(['ada', 'ben']);
    world.meddle = (_, name) => (name === 'mlsMessage' ? [] : null);
    await world.run(60_000);
    expect(standing(ada)).toEqual(['member-silent']);
    expect(standing(ben)).toEqual(['member-silent']);
  }, patience);

  it('cannot change or repeat what members say', async () => {
    const { world, people: [ada, ben] } = await meeting(['ada', 'ben']);
    world.meddle = (_, name, argument) => (name === 'mlsMessage' ? [[name, argument], [name, argument]] : null);
    if (ada) await world.give(ada, { kind: 'chat', id: 'one', text: 'hello' });
    await world.run(500);
    expect(ben?.chats.map((one) => one.text)).toEqual(['hello']);
    expect(codes(ben)).toEqual(['message-replayed']);
    world.meddle = (_, name, argument) => (name === 'mlsMessage' ? [[name, { ...argument, message: flipped(String(argument['message'])) }]] : null);
    if (ada) await world.give(ada, { kind: 'chat', id: 'two', text: 'again' });
    await world.run(500);
    expect(ben?.chats).toHaveLength(1);
    expect(standing(ben)).toEqual(['group-forked']);
  }, patience);

  it('makes a second founder, and both see who is missing', async () => {
    const { world, people: [ada] } = await meeting(['ada']);
    const ben = await world.arrive('ben');
    await world.give(ben, { kind: 'joined', participant: 'ben', generation: world.service.generation, epoch: 0, creator: true, resumed: false, participants: ['ada', 'ben'] });
    const service = world.service as unknown as { create: () => unknown; ask: () => void; askAt: number };
    service.create = () => ({});
    service.ask = () => {
      service.askAt = Infinity;
    };
    await world.give(ben, { kind: 'joined', participant: 'ben', generation: world.service.generation, epoch: 0, creator: true, resumed: false, participants: ['ada', 'ben'] });
    await world.run(12_000);
    expect(standing(ada)).toEqual(['member-missing']);
    expect(standing(ben)).toEqual(['member-missing']);
  }, patience);
});

/** One bit of the ciphertext's end. */
function flipped(message: string): string {
  const bytes = fromBase64Url(message) ?? new Uint8Array();
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  return toBase64Url(bytes);
}
