import type { DeliveryCallName, DeliveryCalls, DeliveryEventName } from '../../../src/mls/protocol';

/** A call is refused. */
export class Refusal extends Error {
  constructor(readonly code: string, readonly generation?: number) {
    super(code);
  }
}

export interface Admission {
  readonly generation: number;
  readonly epoch: number;
  readonly creator: boolean;
  readonly resumed: boolean;
}

export interface DeliveryPort {
  now(): number;
  tell(participant: string, name: DeliveryEventName, argument: Record<string, unknown>): void;
  /** The service ends somebody's stay. */
  end(participant: string, reason: string): void;
}

interface Place {
  connected: boolean;
  since: number;
  /** When it may be given up, while it is not connected. */
  until: number;
  /** The newest epoch it has confirmed in this generation; -1: none. */
  confirmed: number;
}

const turn = 1_000;
const foundingTime = 5_000;
const aloneTime = 3_000;
const keyPackageTime = 8_000;
const mostLogged = 32;
const mostAdds = 32;

/** The delivery service as the contract has it, as a model: told the time through its port, and called again by {@link run}. */
export class DeliveryModel {
  generation = 1_000;
  epoch = 0;
  readonly members = new Set<string>();
  readonly log: { epoch: number; commit: string }[] = [];
  private readonly places = new Map<string, Place>();
  private readonly adds = new Map<string, string>();
  private readonly removes = new Set<string>();
  private readonly refusals = new Map<string, Set<string>>();
  private creator: string | null = null;
  private createBy = Infinity;
  private created = false;
  private askAt = Infinity;
  private asked: string | null = null;
  private lastWork = -Infinity;
  private aloneSince = Infinity;
  private told = -1;

  constructor(private readonly port: DeliveryPort, private readonly stay = 20_000) {}

  join(participant: string, resume: { generation: number } | null): Admission {
    const known = this.places.get(participant);
    const kept = known !== undefined && this.members.has(participant) && resume?.generation === this.generation;
    this.places.set(participant, { connected: true, since: this.port.now(), until: Infinity, confirmed: kept ? known.confirmed : -1 });
    if (!this.created && this.creator === null) this.name(participant);
    this.plan();
    return { generation: this.generation, epoch: this.epoch, creator: this.creator === participant && !this.created, resumed: kept };
  }

  isListed(participant: string): boolean {
    return this.places.has(participant);
  }

  disconnect(participant: string): void {
    const place = this.places.get(participant);
    if (!place) return;
    place.connected = false;
    place.until = this.port.now() + this.stay;
    this.plan();
  }

  leave(participant: string): void {
    if (!this.places.delete(participant)) return;
    this.adds.delete(participant);
    this.refusals.delete(participant);
    if (this.members.has(participant)) this.removes.add(participant);
    if (this.creator === participant && !this.created) this.createBy = this.port.now();
    this.plan();
  }

  call<Name extends DeliveryCallName>(from: string, name: Name, argument: DeliveryCalls[Name]): unknown {
    if (!this.places.has(from)) throw new Refusal('not-in-meeting');
    if (argument.generation !== this.generation) throw new Refusal('generation-stale', this.generation);
    const handlers: { [Each in DeliveryCallName]: (value: DeliveryCalls[Each]) => unknown } = {
      mlsCreate: () => this.create(from),
      mlsJoin: (value) => this.enlist(from, value.keyPackage),
      mlsCommit: (value) => this.commit(from, value),
      mlsRefuse: (value) => this.refuse(from, value),
      mlsMessage: (value) => this.message(from, value),
      mlsCatchUp: (value) => this.catchUp(from, value.epoch),
      mlsConfirm: (value) => this.confirm(from, value.epoch),
    };
    return handlers[name](argument);
  }

  get deadline(): number {
    const leaving = [...this.places.values()].map((place) => place.until);
    const late = this.created ? [...this.places].filter(([one, place]) => place.connected && !this.has(one)).map(([, place]) => place.since + keyPackageTime) : [];
    return Math.min(this.askAt, this.createBy, this.aloneSince + aloneTime, ...leaving, ...late);
  }

  run(): void {
    const now = this.port.now();
    for (const [one, place] of [...this.places]) {
      if (place.until <= now) this.leave(one);
      else if (this.created && place.connected && !this.has(one) && place.since + keyPackageTime <= now) this.expel(one, 'key-package-missing');
    }
    if (this.createBy <= now || this.aloneSince + aloneTime <= now) this.restart();
    if (this.askAt <= now) this.ask();
  }

  private has(participant: string): boolean {
    return this.members.has(participant) || this.adds.has(participant);
  }

  private create(from: string): unknown {
    if (this.creator !== from) throw new Refusal('generation-stale', this.generation);
    if (this.created) return {};
    this.created = true;
    this.createBy = Infinity;
    this.members.add(from);
    this.plan();
    return {};
  }

  private enlist(from: string, keyPackage: string): unknown {
    this.adds.set(from, keyPackage);
    this.refusals.delete(from);
    if (this.members.has(from)) this.removes.add(from);
    this.plan();
    return {};
  }

  private commit(from: string, value: DeliveryCalls['mlsCommit']): unknown {
    if (!this.members.has(from)) throw new Refusal('not-a-member');
    if (value.epoch !== this.epoch) {
      if (this.log.some((one) => one.epoch === value.epoch && one.commit === value.commit)) return { accepted: true };
      throw new Refusal('commit-stale');
    }
    const others = [...this.members].filter((one) => one !== from);
    this.log.push({ epoch: this.epoch, commit: value.commit });
    if (this.log.length > mostLogged) this.log.shift();
    for (const one of value.removed) {
      this.members.delete(one);
      this.removes.delete(one);
    }
    for (const one of value.added) {
      this.members.add(one);
      this.adds.delete(one);
      const place = this.places.get(one);
      if (place) place.confirmed = -1;
      // It left while the commit was made.
      else this.removes.add(one);
    }
    this.epoch++;
    for (const one of others) this.tell(one, 'mlsCommit', { epoch: value.epoch, commit: value.commit, from });
    for (const one of value.added) this.tell(one, 'mlsWelcome', { epoch: this.epoch, welcome: value.welcome, tree: value.tree });
    this.asked = null;
    this.confirm(from, this.epoch);
    this.plan();
    return { accepted: true };
  }

  private refuse(from: string, value: DeliveryCalls['mlsRefuse']): unknown {
    const refusals = this.refusals.get(value.participant) ?? new Set();
    this.refusals.set(value.participant, refusals.add(from));
    const able = [...this.members].filter((one) => this.isAble(one)).length;
    if (refusals.size >= Math.min(3, able)) this.expel(value.participant, value.reason === 'secret-wrong' ? 'secret-wrong' : 'key-package-refused');
    return {};
  }

  private message(from: string, value: DeliveryCalls['mlsMessage']): unknown {
    if (!this.members.has(from)) throw new Refusal('not-a-member');
    if (value.epoch < this.epoch - 1) throw new Refusal('message-stale');
    for (const one of this.members) if (one !== from) this.tell(one, 'mlsMessage', { epoch: value.epoch, message: value.message, from });
    return {};
  }

  private catchUp(from: string, epoch: number): unknown {
    const oldest = this.log[0]?.epoch ?? this.epoch;
    if (!this.members.has(from)) throw new Refusal('not-a-member');
    if (epoch < Math.min(oldest, this.epoch)) throw new Refusal('group-lost');
    return { generation: this.generation, epoch: this.epoch, commits: this.log.filter((one) => one.epoch >= epoch) };
  }

  private confirm(from: string, epoch: number): unknown {
    const place = this.places.get(from);
    if (!place || !this.members.has(from)) return {};
    place.confirmed = Math.max(place.confirmed, epoch);
    const here = [...this.members].filter((one) => this.places.get(one)?.connected);
    if (this.told < this.epoch && here.every((one) => (this.places.get(one)?.confirmed ?? -1) >= this.epoch)) {
      this.told = this.epoch;
      for (const one of here) this.tell(one, 'mlsConfirmed', { epoch: this.epoch, count: here.length, of: here.length });
    }
    if (this.askAt === Infinity) this.plan();
    return {};
  }

  private expel(participant: string, reason: string): void {
    this.leave(participant);
    this.port.end(participant, reason);
  }

  private isAble(participant: string): boolean {
    const place = this.places.get(participant);
    return place?.connected === true && place.confirmed >= 0 && !this.adds.has(participant);
  }

  /** Sees whether there is something to ask for, and whether anybody is left to ask. */
  private plan(): void {
    const now = this.port.now();
    const connected = [...this.places].filter(([, place]) => place.connected);
    const alone = this.created && connected.length > 0 && !connected.some(([one, place]) => this.members.has(one) && !this.adds.has(one) && place.confirmed >= -1);
    this.aloneSince = alone ? Math.min(this.aloneSince, now) : Infinity;
    if (!this.created || this.adds.size + this.removes.size === 0) this.askAt = Infinity;
    else if (this.askAt === Infinity) this.askAt = Math.max(now, this.lastWork + (this.places.size < 20 ? 200 : 1_000));
  }

  private ask(): void {
    const now = this.port.now();
    const able = [...this.members].filter((one) => this.isAble(one)).sort((a, b) => (this.places.get(a)?.since ?? 0) - (this.places.get(b)?.since ?? 0));
    this.askAt = now + turn;
    if (this.adds.size + this.removes.size === 0) this.askAt = Infinity;
    const next = able[(this.asked === null ? -1 : able.indexOf(this.asked)) + 1] ?? able[0];
    if (next === undefined || this.askAt === Infinity) return;
    this.asked = next;
    this.lastWork = now;
    const add = [...this.adds].slice(0, mostAdds).map(([participant, keyPackage]) => ({ participant, keyPackage }));
    this.tell(next, 'mlsWork', { epoch: this.epoch, add, remove: [...this.removes] });
  }

  private name(participant: string): void {
    this.creator = participant;
    this.createBy = this.port.now() + foundingTime;
  }

  private restart(): void {
    this.members.clear();
    this.adds.clear();
    this.removes.clear();
    this.refusals.clear();
    this.log.length = 0;
    this.generation++;
    this.epoch = 0;
    this.told = -1;
    this.created = false;
    this.creator = null;
    this.createBy = this.aloneSince = this.askAt = Infinity;
    const now = this.port.now();
    const connected = [...this.places].filter(([, place]) => place.connected);
    for (const [, place] of connected) Object.assign(place, { confirmed: -1, since: now });
    const [first] = connected;
    if (first) this.name(first[0]);
    for (const [one] of connected) this.tell(one, 'mlsRestart', { creator: one === this.creator });
  }

  private tell(participant: string, name: DeliveryEventName, argument: Record<string, unknown>): void {
    if (this.places.get(participant)?.connected) this.port.tell(participant, name, { generation: this.generation, ...argument });
  }
}
