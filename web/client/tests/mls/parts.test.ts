// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { codeEmoji } from '../../src/mls/codeEmoji';
import { codeWords } from '../../src/mls/codeWords';
import { Faults } from '../../src/mls/faults';
import { readInner } from '../../src/mls/inner';
import { KeyTurns, type EpochName } from '../../src/mls/keyTurns';
import { MemberRunner, type RunnerClock } from '../../src/mls/memberRunner';
import type { MlsMember } from '../../src/mls/member';
import type { MemberInput } from '../../src/mls/memberTypes';
import { NameBook } from '../../src/mls/nameBook';
import { RosterWatch } from '../../src/mls/rosterWatch';
import { securityCode } from '../../src/mls/securityCode';
import { loadSuite, loadSuites, type SuiteName } from '../../src/mls/suites';
import { utf8 } from '../../src/mls/bytes';
import { World } from './support/world';

const name = (epoch: number): EpochName => ({ generation: 1, epoch });

describe('the turns of keys', () => {
  it('uses the first at once, a later one after a second or when all have confirmed it', () => {
    const turns = new KeyTurns(() => undefined);
    turns.begin(name(0), 1, false, 0);
    expect(turns.at(0)).toEqual(name(0));
    turns.begin(name(1), 3, true, 100);
    expect(turns.at(1_099)).toEqual(name(0));
    expect(turns.at(1_100)).toEqual(name(1));
    turns.begin(name(2), 3, true, 2_000);
    turns.confirmed(name(2), 2, 3, 2_100);
    expect(turns.at(2_100)).toEqual(name(1));
    turns.confirmed(name(2), 3, 3, 2_200);
    expect(turns.at(2_200)).toEqual(name(2));
  });

  it('goes on under steady change, and forgets ten seconds after the next one', () => {
    const forgotten: EpochName[] = [];
    const turns = new KeyTurns((epoch) => forgotten.push(epoch));
    for (let epoch = 0; epoch < 40; epoch++) {
      turns.begin(name(epoch), 9, epoch > 0, epoch * 300);
      expect(turns.at(epoch * 300)?.epoch).toBeGreaterThanOrEqual(epoch - 4);
    }
    expect(forgotten).toEqual([0, 1, 2, 3, 4].map(name));
    expect(turns.deadline(11_700)).toBeGreaterThan(11_700);
  });

  it('shares nothing new while somebody is in doubt, and nothing at all without a group', () => {
    const turns = new KeyTurns(() => undefined);
    turns.begin(name(0), 2, false, 0);
    turns.at(0);
    turns.held = true;
    turns.begin(name(1), 3, false, 10);
    expect(turns.at(5_000)).toEqual(name(0));
    turns.held = false;
    expect(turns.at(5_001)).toEqual(name(1));
    turns.end(6_000);
    expect(turns.at(6_000)).toBeNull();
    expect(turns.at(16_001)).toBeNull();
  });
});

describe('the watch over the roster', () => {
  it('gives each side its time, and names who is wrong', () => {
    const faults = new Faults(() => undefined);
    const watch = new RosterWatch(faults);
    const now = (): string[] => faults.list().map((one) => `${one.code} ${one.participant ?? ''}`);
    watch.list(['a', 'b'], 0);
    watch.group(['a'], 0);
    expect([watch.check(9_999), now()]).toEqual([false, []]);
    expect([watch.check(10_000), now()]).toEqual([false, ['member-missing b']]);
    watch.group(['a', 'b', 'x'], 11_000);
    expect([watch.check(11_000), now()]).toEqual([true, []]);
    expect(watch.deadline(11_000)).toBe(13_000);
    expect([watch.check(13_000), now()]).toEqual([true, ['ghost-member x']]);
    watch.list(['a', 'b', 'x'], 14_000);
    watch.list(['a', 'b'], 15_000);
    // It was listed once: a leaver.
    expect([watch.check(15_000), now()]).toEqual([false, []]);
    expect([watch.check(25_000), now(), faults.stops]).toEqual([false, ['ghost-member x'], true]);
    watch.group(['a'], 26_000);
    // It has just lost its leaf, to get another one.
    expect([watch.check(35_999), now()]).toEqual([false, []]);
    expect([watch.check(36_000), now()]).toEqual([false, ['member-missing b']]);
    watch.group(null, 37_000);
    expect([watch.check(99_000), now()]).toEqual([false, []]);
  });
});

describe('the security code', () => {
  it('is eight of 256 words or pictures, from the epoch alone', async () => {
    expect([new Set(codeWords).size, new Set(codeEmoji).size]).toEqual([256, 256]);
    const one = await securityCode(1, 2, new Uint8Array(32).fill(1));
    expect(one.words.join(' ')).toBe('delta fiddle olive saddle album kitchen actor monkey');
    expect(one.words).toHaveLength(8);
    expect(one.emoji).toHaveLength(8);
    expect([...one.words, ...one.emoji].every((each) => each.length > 0)).toBe(true);
    expect(await securityCode(1, 2, new Uint8Array(32).fill(1))).toEqual(one);
    for (const other of [await securityCode(1, 3, new Uint8Array(32).fill(1)), await securityCode(1, 2, new Uint8Array(32).fill(2))]) expect(other.words).not.toEqual(one.words);
  });

  it('is the same for all in a meeting, and another after a change', async () => {
    const world = new World();
    const ada = await world.arrive('ada');
    await world.run(1_000);
    const ben = await world.arrive('ben');
    await world.run(2_000);
    const code = await ada.member.securityCode();
    expect(code).toEqual(await ben.member.securityCode());
    await world.arrive('cleo');
    await world.run(2_000);
    expect((await ada.member.securityCode())?.words).not.toEqual(code?.words);
  }, 30_000);
});

describe('suites', () => {
  it('fall back to what works', async () => {
    const broken = (suite: SuiteName) => (suite === 'x-wing' ? Promise.reject(new Error('chunk lost')) : loadSuite(suite));
    expect((await loadSuites(['x-wing', 'classic'], broken)).map((one) => one.name)).toEqual(['classic']);
    expect((await loadSuites(['x-wing', 'classic'])).map((one) => one.name)).toEqual(['x-wing', 'classic']);
  }, 30_000);

  it('are the creator’s choice for the whole group, X-Wing first', async () => {
    const world = new World({ suites: ['x-wing', 'classic'] });
    await world.arrive('ada');
    await world.run(1_000);
    const ben = await world.arrive('ben');
    await world.run(2_000);
    expect(world.agreed()).toBe(true);
    expect(ben.member.status.suite).toBe('x-wing');
  }, 30_000);

  it('shut out who does not have the group’s, by name', async () => {
    const world = new World({ suites: ['x-wing', 'classic'] });
    await world.arrive('ada');
    await world.run(1_000);
    Object.assign(world.options, { suites: ['classic'] });
    const ben = await world.arrive('ben');
    await world.run(3_000);
    expect(ben.gone).toBe('key-package-refused');
  }, 30_000);
});

describe('small parts', () => {
  it('read no message that is not well formed', () => {
    const good = { kind: 'chat', id: '1', auth: 'x', text: 'hello' };
    expect(readInner(utf8(JSON.stringify(good)))).toEqual(good);
    for (const bad of ['', '[]', '{"kind":"chat"}', JSON.stringify({ ...good, text: 'x'.repeat(9_000) }), JSON.stringify({ ...good, kind: 'other' }), JSON.stringify({ ...good, id: 'x'.repeat(99) }), '{"kind":"names","id":"1","auth":"x","names":{"a":1}}']) {
      expect(readInner(utf8(bad))).toBeNull();
    }
  });

  it('believe people more than others about their names', () => {
    const book = new NameBook();
    book.heard('a', 'Alias');
    book.told('a', 'Ada');
    book.heard('a', 'Alias');
    book.heard('b', 'Ben');
    expect(book.all()).toEqual({ a: 'Ada', b: 'Ben' });
    book.keepOnly(new Set(['b']));
    expect(book.all()).toEqual({ b: 'Ben' });
  });

  it('work off what is pushed in order, tell of a flood, and sleep until the deadline', async () => {
    const taken: string[] = [];
    const sleeps: number[] = [];
    const member = { deadline: 500, handle: async (input: MemberInput) => { taken.push(input.kind); return []; } } as unknown as MlsMember;
    const clock: RunnerClock = { now: () => 100, after: (milliseconds) => { sleeps.push(milliseconds); return () => undefined; } };
    const runner = new MemberRunner(member, () => undefined, clock);
    for (let n = 0; n < 600; n++) runner.push({ kind: 'event', name: 'mlsLost', argument: null });
    runner.push({ kind: 'tick' });
    await new Promise((done) => setTimeout(done));
    expect(taken.filter((kind) => kind === 'event')).toHaveLength(512);
    expect(taken.slice(-2)).toEqual(['tick', 'flooded']);
    expect(sleeps.at(-1)).toBe(400);
    runner.stop();
    runner.push({ kind: 'tick' });
    expect(taken.at(-1)).toBe('flooded');
  });

  it('go on where the browser itself fails', async () => {
    const taken: string[] = [];
    const failures: unknown[] = [];
    const handle = async (input: MemberInput) => {
      taken.push(input.kind);
      if (input.kind === 'tick') throw new Error('no memory');
      return [];
    };
    const clock: RunnerClock = { now: () => 0, after: () => () => undefined };
    const runner = new MemberRunner({ deadline: 500, handle } as unknown as MlsMember, () => undefined, clock, (error) => failures.push(error));
    runner.push({ kind: 'tick' });
    await new Promise((done) => setTimeout(done));
    expect(taken).toEqual(['tick', 'flooded']);
    expect(failures).toHaveLength(1);
  });
});
