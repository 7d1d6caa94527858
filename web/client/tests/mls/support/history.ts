import type { MlsGroup } from '../../../src/mls/group';
import type { MlsMember } from '../../../src/mls/member';
import { fromBase64Url } from '../../../src/route/base64url';
import { Random } from './random';
import { goodWay, World, type Person } from './world';

export interface HistoryResult {
  /** Virtual milliseconds from the last disturbance until all agreed. */
  readonly settled: number;
  readonly epochs: number;
  readonly people: number;
  /** Messages that somebody who was not in their epoch tried to open. */
  readonly attempts: number;
  readonly messages: number;
  readonly log: readonly string[];
}

export const longestSettling = 60_000;
const mostPeople = 5;
const honest = new Set(['member-missing', 'ghost-member', 'member-silent', 'device-changed', 'commit-missing', 'commit-reordered', 'not-added', 'message-replayed', 'welcome-replayed']);

/** One history from a seed: people come, go, crash, lose their connection, write, over ways that lose, delay and disorder; then calm. */
export async function runHistory(seed: number): Promise<HistoryResult> {
  const history = new History(seed);
  return history.run();
}

class History {
  private readonly random: Random;
  private readonly world = new World();
  private readonly log: string[] = [];
  private readonly former: { name: string; group: MlsGroup }[] = [];
  private readonly greeted = new Set<Person>();
  private serial = 0;
  private attempts = 0;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
  }

  async run(): Promise<HistoryResult> {
    const { world, random } = this;
    await this.arrive();
    const disturbances = 4 + random.below(8);
    for (let n = 0; n < disturbances; n++) {
      await this.disturb();
      await world.run(random.chance(0.3) ? random.below(3_000) : random.below(300));
      await this.greet();
    }
    world.way = goodWay;
    for (const person of world.people.values()) if (!person.connected && person.gone === null) await world.connect(person);
    if (world.present().length === 0) await this.arrive();
    const from = world.now;
    await world.run(longestSettling, () => world.agreed() && !this.awaitsCrashed());
    if (!world.agreed()) this.fail(`not agreed after ${longestSettling} ms: ${JSON.stringify(world.present().map(describe))}`);
    const settled = world.now - from;
    await this.greet();
    await this.finalTalk();
    await this.check();
    const present = world.present();
    return {
      settled, epochs: Math.max(...present.map((one) => one.epochs.at(-1)?.epoch ?? 0)), people: world.people.size,
      attempts: this.attempts, messages: world.wire.filter((one) => one.name === 'mlsMessage').length, log: this.log,
    };
  }

  private async disturb(): Promise<void> {
    const { random, world } = this;
    const present = world.present();
    const one = random.pick(present);
    const kind = random.pick(['arrive', 'arrive', 'leave', 'crash', 'drop', 'back', 'chat', 'chat', 'way'] as const);
    this.log.push(`${world.now} ${kind} ${kind === 'arrive' || kind === 'way' ? '' : (one?.participant ?? '')}`);
    if (kind === 'arrive' && present.length < mostPeople) await this.arrive();
    else if (kind === 'way') this.changeWay();
    else if (kind === 'back') await this.back();
    else if (!one) return;
    else if (kind === 'chat') await world.give(one, { kind: 'chat', id: `c${this.serial}`, text: `${one.participant} ${this.serial++}` });
    else if (kind === 'drop') await world.drop(one);
    else if (present.length > 1 && kind !== 'arrive') {
      const group = groupOf(one.member);
      if (group) this.former.push({ name: one.participant, group });
      world.leave(one, kind === 'crash');
    }
  }

  private async arrive(): Promise<void> {
    await this.world.arrive(`p${this.serial++}`);
  }

  private async back(): Promise<void> {
    const away = [...this.world.people.values()].filter((person) => !person.connected && person.gone === null);
    const one = this.random.pick(away);
    if (one) await this.world.connect(one);
  }

  private changeWay(): void {
    const { random } = this;
    const longest = random.pick([20, 100, 400]) ?? 20;
    const loss = random.pick([0, 0.05, 0.2]) ?? 0;
    this.world.way = { delay: () => 5 + random.below(longest), loses: () => random.chance(loss), disordered: random.chance(0.4) };
  }

  /** Crashed people are still listed for a while, and in the group. */
  private awaitsCrashed(): boolean {
    return [...this.world.people.values()].some((person) => person.gone === 'crashed');
  }

  /** Somebody who has just come opens nothing of what was said before. */
  private async greet(): Promise<void> {
    for (const person of this.world.present()) {
      const group = groupOf(person.member);
      const first = person.epochs[0];
      if (!group || !first || this.greeted.has(person)) continue;
      this.greeted.add(person);
      const before = this.world.wire.filter((one) => one.name === 'mlsMessage' && one.argument['generation'] === first.generation && (one.argument['epoch'] as number) < first.epoch);
      for (const one of before.slice(-4)) await this.mustNotOpen(group, one.argument, `${person.participant}, who came later,`);
    }
  }

  private async finalTalk(): Promise<void> {
    const { world } = this;
    const present = world.present();
    for (const one of present) await world.give(one, { kind: 'chat', id: `last-${one.participant}`, text: `last ${one.participant}` });
    const heardBy = (one: Person): ReadonlySet<string> => new Set(one.chats.filter((chat) => chat.id.startsWith('last-')).map((chat) => chat.from));
    // What was lost before is sent again first, after five seconds each.
    await world.run(longestSettling, () => present.every((one) => heardBy(one).size === present.length - 1));
    for (const one of present) {
      const heard = heardBy(one);
      if (heard.size !== present.length - 1) this.fail(`${one.participant} hears ${[...heard].join()} of ${present.length}`);
      const order = new Map<string, number>();
      for (const chat of one.chats.filter((each) => !each.id.startsWith('last-'))) {
        const place = Number(chat.id.slice(1));
        if ((order.get(chat.from) ?? -1) >= place) this.fail(`${one.participant} hears ${chat.from} out of order or twice`);
        order.set(chat.from, place);
      }
    }
  }

  /** Those who went follow the wire with what they had, and open nothing from their removal on. */
  private async check(): Promise<void> {
    const { world } = this;
    for (const person of world.people.values()) {
      const odd = person.faults.find((fault) => !honest.has(fault.code));
      if (odd) this.fail(`${person.participant} sees ${odd.code}: ${odd.detail}`);
    }
    for (const { name, group } of this.former) {
      const present = world.present()[0];
      const generation = present?.epochs.at(-1)?.generation;
      const end = await this.follow(group);
      const later = world.wire.filter((one) => one.name === 'mlsMessage' && one.argument['generation'] === generation && (one.argument['epoch'] as number) > end);
      for (const one of later.slice(-3)) await this.mustNotOpen(group, one.argument, `${name}, who went,`);
      const own = (await group.export('parley sframe', new Uint8Array(), 32)).join();
      if (world.present().some((each) => each.epochs.some((keys) => keys.secret.join() === own))) this.fail('a secret is shared');
    }
  }

  /** Takes every commit it can; gives the last epoch that it was in. */
  private async follow(group: MlsGroup): Promise<number> {
    for (const { name, argument } of this.world.wire) {
      if (name !== 'mlsCommit' || argument['epoch'] !== group.epoch) continue;
      const outcome = await group.process(bytesOf(argument['commit'])).catch(() => null);
      if (outcome?.removed) return group.epoch;
    }
    return group.epoch;
  }

  private async mustNotOpen(group: MlsGroup, argument: Record<string, unknown>, who: string): Promise<void> {
    this.attempts++;
    const opened = await group.open(bytesOf(argument['message'])).catch(() => null);
    if (opened) this.fail(`${who} opened a message of epoch ${String(argument['epoch'])}`);
  }

  private fail(what: string): never {
    throw new Error(`seed ${this.seed}: ${what}\n${this.log.join('\n')}`);
  }
}

function describe(person: Person): unknown {
  const { phase, generation, epoch, stopped, faults, members } = person.member.status;
  return { who: person.participant, phase, generation, epoch, stopped, faults: faults.map((one) => `${one.code} ${one.participant ?? ''}`), members: members.map((one) => one.participant), sends: person.sendWith, counters: person.member.counters };
}

/** The group inside a member: what somebody would keep who does not play by the rules. */
function groupOf(member: MlsMember): MlsGroup | null {
  return (member as unknown as { core: { group: MlsGroup | null } }).core.group;
}

function bytesOf(value: unknown): Uint8Array {
  return fromBase64Url(String(value)) ?? new Uint8Array();
}
