import { CommitFlow } from './commitFlow';
import { Entry } from './entry';
import { mediaContext, MlsGroup } from './group';
import { makeKeyPackages } from './keyPackages';
import { backoff, MemberCore } from './memberCore';
import type { GroupMember, MemberInput, MemberOptions, MemberOutput, MemberStatus } from './memberTypes';
import { readEvent, type DeliveryEvent } from './protocol';
import { securityCode, type SecurityCode } from './securityCode';
import { Talk } from './talk';

/**
 * One person's side of a meeting's encryption: keeps the MLS group with the others over a delivery service that is not trusted, and
 * says what media is to be sealed and opened with. Sans-I/O: inputs and the time go in through {@link handle}, calls and news come out;
 * {@link deadline} says when it wants to be called again. It opens no connection, sets no timer and asks no clock.
 *
 * | state | on | goes to |
 * | --- | --- | --- |
 * | any | `joined` or `mlsRestart`, as creator | makes a group, `mlsCreate`; member once that is taken |
 * | any | `joined` or `mlsRestart`, else | joining: `mlsJoin`, again after 10 s |
 * | any with a group | `joined`, resumed in the same generation | member: `mlsCatchUp` |
 * | joining | a valid welcome for an own key package | member |
 * | member | a commit that removes it, an invalid one, `group-lost`, `mlsLost` | joining |
 * | any | an answer `generation-stale` | joining, in that generation |
 */
export class MlsMember {
  private readonly core: MemberCore;
  private readonly commits: CommitFlow;
  private readonly entry: Entry;
  private readonly talk: Talk;
  private devices = new Map<string, string>();
  /** Made, but not yet taken by the delivery service. */
  private founding: MlsGroup | null = null;
  private foundAt = Infinity;
  private losses = 0;
  private lastLoss = -Infinity;
  private sealing = '';
  private told = '';
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: MemberOptions) {
    this.core = new MemberCore(options);
    const restarted = (generation: number): Promise<void> => this.restarted(generation);
    this.commits = new CommitFlow(this.core, { advanced: (before, added) => this.epochBegan(before, added, false), lost: (reason) => this.lost(reason), restarted });
    this.entry = new Entry(this.core, { entered: (group) => this.entered(group), restarted });
    this.talk = new Talk(this.core, (epoch) => this.commits.heard(epoch));
  }

  /** Takes one input at time `now` (ms). Calls may overlap; they are worked off in their order. */
  handle(input: MemberInput, now: number): Promise<readonly MemberOutput[]> {
    const next = this.turn.then(() => this.step(input, now));
    this.turn = next.catch(() => undefined);
    return next;
  }

  /** When it wants a `tick` at the latest, in ms; infinite when nothing is due. */
  get deadline(): number {
    const { core } = this;
    const always = Math.min(core.turns.deadline(core.now), core.roster.deadline(core.now));
    if (!core.connected) return always;
    return Math.min(always, core.calls.deadline, this.commits.deadline, this.entry.deadline, this.talk.deadline, this.foundAt);
  }

  get status(): MemberStatus {
    const { core } = this;
    const { group } = core;
    return {
      phase: group ? 'member' : core.generation === 0 ? 'idle' : 'joining',
      generation: core.generation, epoch: group?.epoch ?? 0, suite: group?.suite ?? null,
      guard: core.options.secret ? 'secret' : 'roster', stopped: this.sealing === '',
      faults: core.faults.list(), members: this.members(), names: this.talk.allNames,
    };
  }

  /** What was dropped or ignored, by reason. */
  get counters(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.core.counters);
  }

  /** To compare with the others; null without a group. */
  async securityCode(): Promise<SecurityCode | null> {
    const { group, generation } = this.core;
    return group && securityCode(generation, group.epoch, group.epochAuthenticator);
  }

  private async step(input: MemberInput, now: number): Promise<readonly MemberOutput[]> {
    const { core } = this;
    core.now = Math.max(core.now, now);
    await this.take(input);
    if (core.connected) {
      await core.calls.giveUp(core.now);
      await this.entry.run();
      await this.commits.run();
      if (this.foundAt <= core.now) this.found();
      await this.talk.run();
    }
    this.decide();
    return core.drain();
  }

  private async take(input: MemberInput): Promise<void> {
    const { core } = this;
    switch (input.kind) {
      case 'joined': return this.joined(input);
      case 'roster':
        core.roster.list(input.participants, core.now);
        return this.commits.rosterChanged();
      case 'event': {
        const event = readEvent(input.name, input.argument);
        return event ? this.event(event) : core.count('event-malformed');
      }
      case 'answer': return core.calls.settle(input.call, { kind: 'value', value: input.value });
      case 'refused': return this.refused(input);
      case 'unreachable':
        core.connected = false;
        return core.calls.giveUp(core.now, true);
      case 'chat': return this.talk.chat(input.id, input.text);
      case 'rename': return this.talk.rename(input.name);
      case 'flooded': return core.group ? this.lost('flooded') : undefined;
      case 'tick': return undefined;
    }
  }

  private async joined(input: Extract<MemberInput, { kind: 'joined' }>): Promise<void> {
    const { core } = this;
    core.connected = true;
    core.participant = input.participant;
    core.roster.list(input.participants, core.now);
    core.calls.drop();
    if (!input.resumed || input.generation !== core.generation) return this.begin(input.generation, input.creator);
    this.talk.resume();
    this.commits.resume();
    this.commits.heard(input.epoch);
    this.confirm();
    this.entry.hurry();
    if (this.founding) this.foundAt = core.now;
  }

  private async event(event: DeliveryEvent): Promise<void> {
    const { core } = this;
    // Being asked to commit in the group it has made, a creator knows that it was taken, whatever became of the answer.
    if (event.name === 'mlsWork' && this.founding && event.generation === core.generation) await this.founded();
    switch (event.name) {
      case 'mlsWork': return this.commits.asked(event);
      case 'mlsWelcome': return this.entry.welcomed(event);
      case 'mlsCommit': return this.commits.offered(event);
      case 'mlsMessage': return this.talk.received(event);
      case 'mlsConfirmed':
        if (event.generation !== core.generation) return core.count('confirmation-of-other-generation');
        core.turns.confirmed(event, event.count, event.of, core.now);
        return this.commits.heard(event.epoch);
      case 'mlsRestart': {
        // An answer may have told of the generation before this told who makes its group.
        const isNews = event.generation > core.generation || (event.generation === core.generation && event.creator && !core.group && !this.founding);
        return isNews ? this.begin(event.generation, event.creator) : core.count('restart-old');
      }
      case 'mlsLost': return event.generation === core.generation && core.group ? this.lost('told') : core.count('lost-old');
    }
  }

  /** Whatever the call was: a newer generation, or not being a member, tells more than that it failed. */
  private async refused(input: Extract<MemberInput, { kind: 'refused' }>): Promise<void> {
    const { core } = this;
    await core.calls.settle(input.call, { kind: 'refused', code: input.code, generation: input.generation ?? null });
    if (input.code === 'generation-stale' && (input.generation ?? 0) > core.generation) await this.restarted(input.generation ?? 0);
    else if (input.code === 'not-a-member' && core.group) this.commits.resume();
  }

  private async restarted(generation: number): Promise<void> {
    if (generation > this.core.generation) await this.begin(generation, false);
    else if (!this.core.group) this.entry.begin(backoff(this.losses));
  }

  /** A generation begins. */
  private async begin(generation: number, creator: boolean): Promise<void> {
    const { core } = this;
    this.leave();
    this.commits.forgetEarly();
    this.talk.forgetEarly();
    this.entry.reset();
    core.calls.drop();
    core.faults.keepOnly('group-forked', new Set());
    core.generation = generation;
    if (!creator) return this.entry.begin();
    const { options, scope } = core;
    const [own] = (await makeKeyPackages(scope, core.participant, options.device, options.suites.slice(0, 1))).bySuite;
    if (own) this.founding = await MlsGroup.create(scope, own);
    this.found();
  }

  private found(): void {
    const { core } = this;
    const { founding } = this;
    this.foundAt = Infinity;
    if (!founding) return;
    core.calls.make('mlsCreate', { generation: core.generation }, core.now, async (answer) => {
      if (this.founding !== founding) return;
      if (answer.kind === 'value') return this.founded();
      if (answer.kind === 'silent') return void (this.foundAt = core.now + backoff(0));
      this.founding = null;
      await this.restarted(answer.generation ?? core.generation);
    });
  }

  private async founded(): Promise<void> {
    const { founding } = this;
    this.founding = null;
    this.foundAt = Infinity;
    if (founding) await this.entered(founding);
  }

  private async entered(group: MlsGroup): Promise<void> {
    this.leave();
    this.core.group = group;
    await this.epochBegan([], [], true);
    await this.commits.entered();
  }

  private async epochBegan(before: readonly string[], added: readonly string[], entered: boolean): Promise<void> {
    const { core } = this;
    const { group, generation } = core;
    if (!group) return;
    const members = this.members();
    this.compareDevices(members);
    const participants = members.map((member) => member.participant);
    core.roster.group(participants, core.now);
    const name = { generation, epoch: group.epoch };
    const waits = participants.some((one) => one !== core.participant && before.includes(one));
    core.turns.begin(name, members.length, waits, core.now);
    const { label, context } = mediaContext(generation, group.epoch);
    const secret = await group.export(label, context, 32);
    core.emit({ kind: 'epoch', keys: { ...name, secret, ownLeaf: group.ownLeaf, members } });
    this.confirm();
    await this.talk.epochBegan(added, entered);
  }

  /** Until the service knows it, it does not ask this member to commit, and the others wait for it. */
  private confirm(): void {
    const { core } = this;
    const { group, generation } = core;
    if (!group) return;
    const { epoch } = group;
    core.calls.make('mlsConfirm', { generation, epoch }, core.now, (answer) => {
      if (answer.kind === 'silent' && core.connected && core.group === group && group.epoch === epoch) this.confirm();
    });
  }

  /** This member cannot follow: it asks to be let in again, at once at first, later less often. */
  private async lost(reason: string): Promise<void> {
    const { core } = this;
    core.count(`lost-${reason}`);
    this.losses = core.now - this.lastLoss > 60_000 ? 0 : this.losses + 1;
    this.lastLoss = core.now;
    this.leave();
    this.entry.begin(this.losses === 0 ? 0 : backoff(this.losses - 1));
  }

  private leave(): void {
    const { core } = this;
    this.founding = null;
    this.foundAt = Infinity;
    core.group?.erase();
    core.group = null;
    core.roster.group(null, core.now);
    core.turns.end(core.now);
    this.commits.reset();
    this.talk.reset();
  }

  /** What is sealed with, and what has changed of the status. */
  private decide(): void {
    const { core } = this;
    core.turns.held = core.roster.check(core.now);
    const use = core.turns.at(core.now);
    const allowed = core.faults.stops ? null : use;
    const sealing = allowed ? `${allowed.generation} ${allowed.epoch}` : '';
    if (sealing !== this.sealing) {
      this.sealing = sealing;
      core.emit({ kind: 'send-with', use: allowed });
    }
    const { status } = this;
    const told = JSON.stringify(status);
    if (told !== this.told) {
      this.told = told;
      core.emit({ kind: 'status', status });
    }
  }

  private members(): readonly GroupMember[] {
    return this.core.group?.members().map(({ leaf, participant, device }) => ({ leaf, participant, device })) ?? [];
  }

  private compareDevices(members: readonly GroupMember[]): void {
    for (const { participant, device } of members) {
      const known = this.devices.get(participant);
      if (known !== undefined && known !== device) this.core.faults.notice('device-changed', participant, 'another device key than before');
    }
    const present = new Map(members.map((member) => [member.participant, member.device]));
    // Those who left are remembered as long as they are listed: they may come back.
    this.devices = new Map([...[...this.devices].filter(([one]) => this.core.roster.isListed(one)), ...present]);
  }
}
