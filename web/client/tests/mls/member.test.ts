// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { World } from './support/world';

const patience = 30_000;

describe('a meeting of members', () => {
  it('is founded by the first and entered by the others', async () => {
    const world = new World();
    const ada = await world.arrive('ada');
    await world.run(1_000);
    expect(ada.member.status).toMatchObject({ phase: 'member', epoch: 0, suite: 'classic', stopped: false, guard: 'roster' });
    await world.arrive('ben');
    await world.run(2_000, () => world.agreed());
    expect(world.agreed()).toBe(true);
    expect(world.now).toBeLessThan(1_500);
    await world.arrive('cleo');
    await world.run(3_000);
    expect(world.agreed()).toBe(true);
    const names = { ada: 'Name of ada', ben: 'Name of ben', cleo: 'Name of cleo' };
    for (const { member } of world.present()) expect(member.status.names).toEqual(names);
    for (const person of world.present()) expect(person.faults).toEqual([]);
  }, patience);

  it('lets a leaver out within two seconds, and a crashed one when its place is given up', async () => {
    const world = new World();
    for (const one of ['ada', 'ben', 'cleo', 'dan']) {
      await world.arrive(one);
      await world.run(1_000);
    }
    const [ada, ben, , dan] = world.present();
    if (!ada || !ben || !dan) throw new Error('somebody is missing');
    world.leave(ada);
    await world.run(2_000);
    expect(ben.member.status.members.map((one) => one.participant)).toEqual(['ben', 'cleo', 'dan']);
    expect(world.agreed()).toBe(true);
    world.leave(dan, true);
    await world.run(25_000);
    expect(ben.member.status.members.map((one) => one.participant)).toEqual(['ben', 'cleo']);
    expect(world.agreed()).toBe(true);
  }, patience);

  it('passes chat in order, through changes of the epoch', async () => {
    const world = new World();
    const ada = await world.arrive('ada');
    await world.run(1_000);
    const ben = await world.arrive('ben');
    await world.run(2_000);
    for (let n = 0; n < 10; n++) {
      await world.give(ada, { kind: 'chat', id: `m${n}`, text: `text ${n}` });
      if (n % 3 === 0) await world.arrive(`p${n}`);
      await world.run(70);
    }
    await world.run(5_000);
    expect(ben.chats.map((one) => one.text)).toEqual(Array.from({ length: 10 }, (_, n) => `text ${n}`));
    expect(ada.sent).toHaveLength(10);
  }, patience);

  it('comes back after the connection was lost, with and without its state', async () => {
    const world = new World();
    const ada = await world.arrive('ada');
    await world.run(1_000);
    const ben = await world.arrive('ben');
    await world.run(2_000);
    await world.drop(ben);
    await world.arrive('cleo');
    await world.run(3_000);
    await world.connect(ben);
    await world.run(3_000);
    expect(world.agreed()).toBe(true);
    expect(ben.epochs.map((one) => one.epoch)).toEqual([1, 2]);
    world.leave(ada, true);
    await world.arrive('ada');
    await world.run(5_000);
    expect(world.agreed()).toBe(true);
    expect(ben.faults.map((one) => one.code)).toEqual(['device-changed']);
  }, patience);
});
