import { openDeviceIdentity } from '../../../src/mls/deviceIdentity';
import type { Fault } from '../../../src/mls/faults';
import { MlsMember } from '../../../src/mls/member';
import type { EpochKeys, MemberInput, MemberOutput } from '../../../src/mls/memberTypes';
import type { MeetingSecret } from '../../../src/mls/meetingSecret';
import type { DeliveryCallName, DeliveryCalls, DeliveryEventName } from '../../../src/mls/protocol';
import { loadSuite, type SuiteName } from '../../../src/mls/suites';
import { DeliveryModel, Refusal } from './deliveryModel';

/** How the way between a person and the service is at this moment; loss and disorder touch the group's traffic alone. */
export interface Way {
  /** Milliseconds in one direction. */
  delay(): number;
  loses(): boolean;
  /** What is sent later may come earlier. */
  disordered: boolean;
}

export const goodWay: Way = { delay: () => 20, loses: () => false, disordered: false };

export interface Person {
  readonly participant: string;
  readonly member: MlsMember;
  connected: boolean;
  gone: string | null;
  /** Of the connection; what belongs to an older one is not delivered. */
  connection: number;
  lastArrival: number;
  tickAt: number;
  readonly epochs: EpochKeys[];
  sendWith: { generation: number; epoch: number } | null;
  readonly faults: Fault[];
  readonly chats: { from: string; id: string; text: string }[];
  readonly sent: string[];
  /** Until then it works on what it was given. */
  busyUntil: number;
}

interface Step {
  readonly at: number;
  readonly order: number;
  readonly act: () => void | Promise<void>;
}

/** People, the delivery service and the ways between them, in virtual time. */
export class World {
  now = 0;
  way: Way = goodWay;
  /** Everything told to anybody, for those who listen on the wire. */
  readonly wire: { to: string; name: DeliveryEventName; argument: Record<string, unknown> }[] = [];
  readonly people = new Map<string, Person>();
  readonly service: DeliveryModel;
  /** A hostile service changes, drops (null) or adds here. */
  meddle: (to: string, name: DeliveryEventName, argument: Record<string, unknown>) => readonly (readonly [DeliveryEventName, Record<string, unknown>])[] | null = () => null;
  /** Who is listed besides or instead, as a hostile service says it. */
  list: (participants: readonly string[]) => readonly string[] = (participants) => participants;
  /** A count of milliseconds of work, where a member's work shall take time; each has a processor of its own then. */
  work: () => number = () => 0;
  private readonly steps: Step[] = [];
  private order = 0;
  private serviceAt = Infinity;
  private stuck = 0;

  constructor(readonly options: { readonly secret?: MeetingSecret | null; readonly suites?: readonly SuiteName[] } = {}) {
    this.service = new DeliveryModel({
      now: () => this.now,
      tell: (to, name, argument) => this.tell(to, name, argument),
      end: (participant, reason) => this.end(participant, reason),
    });
  }

  async arrive(participant: string, secret = this.options.secret ?? null): Promise<Person> {
    const suites = await Promise.all((this.options.suites ?? ['classic']).map((name) => loadSuite(name)));
    const member = new MlsMember({ meeting: 'eu-fra.meeting', device: await openDeviceIdentity(undefined), secret, suites, name: `Name of ${participant}` });
    const person: Person = {
      participant, member, connected: false, gone: null, connection: 0, lastArrival: 0, tickAt: Infinity,
      epochs: [], sendWith: null, faults: [], chats: [], sent: [], busyUntil: 0,
    };
    this.people.set(participant, person);
    await this.connect(person);
    return person;
  }

  /** For the first time, or again with what it still has. */
  async connect(person: Person): Promise<void> {
    if (person.gone !== null) return;
    person.connected = true;
    person.connection++;
    const { generation, phase } = person.member.status;
    const admission = this.service.join(person.participant, phase === 'member' ? { generation } : null);
    this.pump();
    this.announce(person);
    await this.give(person, { kind: 'joined', participant: person.participant, ...admission, participants: this.listed() });
  }

  async drop(person: Person): Promise<void> {
    if (!person.connected) return;
    person.connected = false;
    person.connection++;
    this.service.disconnect(person.participant);
    this.pump();
    await this.give(person, { kind: 'unreachable' });
  }

  /** Says goodbye; or, with `crash`, is gone without a word: then the service notices after a while. */
  leave(person: Person, crash = false): void {
    person.gone = crash ? 'crashed' : 'left';
    person.connected = false;
    person.connection++;
    if (crash) this.service.disconnect(person.participant);
    else this.service.leave(person.participant);
    this.pump();
    this.announce(person);
  }

  async run(milliseconds: number, until: () => boolean = () => false): Promise<void> {
    const end = this.now + milliseconds;
    while (!until()) {
      const index = this.earliest();
      const step = this.steps[index];
      if (!step || step.at > end) break;
      this.steps.splice(index, 1);
      this.stuck = step.at > this.now ? 0 : this.stuck + 1;
      if (this.stuck > 500) throw new Error(`time stands still at ${this.now}: ${this.present().map((one) => `${one.participant} ${one.member.deadline}`).join()}, service ${this.service.deadline}`);
      this.now = Math.max(this.now, step.at);
      await step.act();
    }
    if (!until()) this.now = end;
  }

  async give(person: Person, input: MemberInput): Promise<void> {
    if (person.gone !== null) return;
    if (person.busyUntil > this.now) return this.later(person.busyUntil - this.now, () => this.give(person, input));
    const before = this.work();
    const outputs = await person.member.handle(input, this.now);
    const worked = this.work() - before;
    person.busyUntil = this.now + worked;
    const act = (): void => {
      for (const output of outputs) this.took(person, output);
      this.wake(person);
    };
    if (worked > 0) this.later(worked, act);
    else act();
  }

  later(delay: number, act: () => void | Promise<void>): void {
    this.steps.push({ at: this.now + delay, order: this.order++, act });
  }

  /** Those who are connected. */
  present(): Person[] {
    return [...this.people.values()].filter((person) => person.connected && person.gone === null);
  }

  /** All who are connected are in the same epoch of the same group, seal with it, and see no fault that stops them. */
  agreed(): boolean {
    const present = this.present();
    const views = present.map(({ member, epochs, sendWith }) => {
      const last = epochs.at(-1);
      const current = last && member.status.phase === 'member' && last.epoch === member.status.epoch && last.generation === member.status.generation;
      return current && sendWith?.epoch === last.epoch && !member.status.stopped ? `${last.generation} ${last.epoch} ${last.members.length} ${last.secret.join(' ')}` : '';
    });
    return views.every((view) => view !== '' && view === views[0]) && (present[0]?.epochs.at(-1)?.members.length ?? 0) === present.length;
  }

  private listed(): readonly string[] {
    return this.list([...this.people.values()].filter((person) => person.gone === null || person.gone === 'crashed').map((person) => person.participant));
  }

  private announce(except: Person): void {
    for (const person of this.present()) {
      if (person === except) continue;
      const { connection } = person;
      this.later(this.way.delay(), () => (person.connection === connection ? this.give(person, { kind: 'roster', participants: this.listed() }) : undefined));
    }
  }

  /** For a hostile service that changes the list. */
  relist(): void {
    for (const person of this.present()) this.later(20, () => this.give(person, { kind: 'roster', participants: this.listed() }));
  }

  private end(participant: string, reason: string): void {
    const person = this.people.get(participant);
    if (!person || (person.gone !== null && person.gone !== 'crashed')) return;
    person.gone = reason;
    person.connected = false;
    this.announce(person);
  }

  private took(person: Person, output: MemberOutput): void {
    switch (output.kind) {
      case 'call': return this.call(person, output.call, output.name, output.argument);
      case 'epoch': return void person.epochs.push(output.keys);
      case 'send-with': return void (person.sendWith = output.use);
      case 'fault': return void person.faults.push(output.fault);
      case 'chat': return void person.chats.push(output);
      case 'chat-sent': return output.sent ? void person.sent.push(output.id) : undefined;
      default: return undefined;
    }
  }

  private call(person: Person, call: number, name: DeliveryCallName, argument: DeliveryCalls[DeliveryCallName]): void {
    if (!person.connected || this.way.loses()) return;
    const { connection } = person;
    this.later(this.way.delay(), () => {
      if (person.connection !== connection) return;
      const answer = this.answer(person, call, name, argument);
      this.pump();
      if (!this.way.loses()) this.deliver(person, answer);
    });
  }

  private answer(person: Person, call: number, name: DeliveryCallName, argument: DeliveryCalls[DeliveryCallName]): MemberInput {
    try {
      return { kind: 'answer', call, value: this.service.call(person.participant, name, argument as never) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { kind: 'refused', call, code: error.code, ...(error.generation === undefined ? {} : { generation: error.generation }) };
    }
  }

  private tell(to: string, name: DeliveryEventName, argument: Record<string, unknown>): void {
    const person = this.people.get(to);
    if (!person?.connected) return;
    for (const [eachName, each] of this.meddle(to, name, argument) ?? [[name, argument] as const]) {
      this.wire.push({ to, name: eachName, argument: each });
      if (!this.way.loses()) this.deliver(person, { kind: 'event', name: eachName, argument: each });
    }
  }

  private deliver(person: Person, input: MemberInput): void {
    const { connection } = person;
    const at = this.now + this.way.delay();
    const arrival = this.way.disordered ? at : Math.max(at, person.lastArrival);
    person.lastArrival = Math.max(person.lastArrival, arrival);
    this.later(arrival - this.now, () => (person.connection === connection ? this.give(person, input) : undefined));
  }

  private wake(person: Person): void {
    const { deadline } = person.member;
    if (deadline >= person.tickAt && person.tickAt > this.now) return;
    if (deadline === Infinity) return;
    person.tickAt = Math.max(deadline, this.now);
    const at = person.tickAt;
    this.later(at - this.now, () => {
      if (person.tickAt !== at) return undefined;
      person.tickAt = Infinity;
      return this.give(person, { kind: 'tick' });
    });
  }

  /** The service's own timers. */
  private pump(): void {
    const { deadline } = this.service;
    if (deadline >= this.serviceAt) return;
    this.serviceAt = Math.max(deadline, this.now);
    const at = this.serviceAt;
    this.later(at - this.now, () => {
      if (this.serviceAt !== at) return;
      this.serviceAt = Infinity;
      const before = this.listed().length;
      this.service.run();
      this.retire();
      if (this.listed().length !== before) for (const person of this.present()) this.later(20, () => this.give(person, { kind: 'roster', participants: this.listed() }));
      this.pump();
    });
  }

  /** Whoever crashed and whose place is given up is not listed any more. */
  private retire(): void {
    for (const person of this.people.values()) {
      if (!this.service.isListed(person.participant) && (person.gone === 'crashed' || (!person.connected && person.gone === null))) person.gone = 'given up';
    }
  }

  private earliest(): number {
    let best = -1;
    for (const [index, step] of this.steps.entries()) {
      const known = this.steps[best];
      if (!known || step.at < known.at || (step.at === known.at && step.order < known.order)) best = index;
    }
    return best;
  }
}
