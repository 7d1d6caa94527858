import { toBase64Url } from '../route/base64url';
import type { Answer } from './callBook';
import { CatchUp } from './catchUp';
import { sameBytes, sha256, type Bytes } from './bytes';
import { GroupError } from './groupError';
import type { MlsGroup, PendingCommit } from './group';
import type { MemberCore } from './memberCore';
import type { DeliveryEvent } from './protocol';
import { planWork, withoutMisfits, type WorkPlan } from './workPlan';

type CommitEvent = Extract<DeliveryEvent, { name: 'mlsCommit' }>;
type WorkEvent = Extract<DeliveryEvent, { name: 'mlsWork' }>;

export interface CommitHooks {
  /** A new epoch began; `before` were in the former one, `added` came by the own commit. */
  advanced(before: readonly string[], added: readonly string[]): Promise<void>;
  /** This member cannot follow the group any more. */
  lost(reason: string): Promise<void>;
  restarted(generation: number): Promise<void>;
}

interface Offer {
  readonly commit: Bytes;
  readonly from: string;
}

interface OwnCommit extends PendingCommit {
  readonly plan: WorkPlan;
  readonly work: number | null;
}

const mostEarly = 32;
const mostEarlyBytes = 4 * 1024 * 1024;
const mostTaken = 32;
const renewalPause = 1_000;

/**
 * Keeps this member at the group's newest epoch: takes commits in their order, whatever order they come in, makes them when asked,
 * finds out what became of its own, and asks for those it missed.
 */
export class CommitFlow {
  private readonly catchUp: CatchUp;
  /** Made and sent; kept until its epoch is over, since its acceptance may still come to light. */
  private pending: OwnCommit | null = null;
  private readonly early = new Map<number, Offer>();
  private readonly taken = new Map<number, Bytes>();
  /** Asked for what could not be done yet. */
  private work: WorkEvent | null = null;
  private renewedAt = -Infinity;

  constructor(private readonly core: MemberCore, private readonly hooks: CommitHooks) {
    this.catchUp = new CatchUp(core, { take: (epoch, commit) => this.take(epoch, { commit, from: '' }), lost: (reason) => hooks.lost(reason), restarted: (generation) => hooks.restarted(generation) });
  }

  /** There is another group, or none. */
  reset(): void {
    this.pending = null;
    this.taken.clear();
    this.work = null;
    this.catchUp.reset();
  }

  /** What came before the group was entered and is of a later generation is kept; the rest is over. */
  forgetEarly(): void {
    this.early.clear();
  }

  get deadline(): number {
    return this.catchUp.deadline;
  }

  async run(): Promise<void> {
    await this.catchUp.run();
  }

  /** Others are in this epoch. */
  heard(epoch: number): void {
    this.catchUp.heard(epoch);
  }

  /** The connection is back: something may have been missed. */
  resume(): void {
    this.catchUp.hurry();
  }

  /** Takes what came too early, now that the group is entered. */
  async entered(): Promise<void> {
    for (const epoch of [...this.early.keys()]) if (epoch < (this.core.group?.epoch ?? 0)) this.early.delete(epoch);
    await this.takeEarly();
  }

  async offered(event: CommitEvent): Promise<void> {
    const { core } = this;
    if (event.generation !== core.generation) return core.count('commit-of-other-generation');
    const epoch = core.group?.epoch;
    if (epoch === undefined || event.epoch > epoch) return this.keep(event);
    if (event.epoch < epoch) return this.compare(event);
    const reordered = this.early.size > 0;
    if (await this.take(event.epoch, event)) {
      if (reordered) core.faults.notice('commit-reordered', null, `epoch ${event.epoch} came after later ones`);
      await this.takeEarly();
    }
  }

  /** The delivery service asks this member to commit. */
  async asked(event: WorkEvent): Promise<void> {
    const { core } = this;
    if (!core.group || event.generation !== core.generation) return core.count('work-unfit');
    if (event.epoch < core.group.epoch) return core.count('work-old');
    if (event.epoch > core.group.epoch) {
      this.work = event;
      return this.heard(event.epoch);
    }
    // Asked again: the answer to the first was lost.
    if (this.pending) return this.send(this.pending);
    await this.serve(event);
  }

  /** The list of participants changed: somebody who was asked for may be on it now. */
  async rosterChanged(): Promise<void> {
    if (this.work?.epoch === this.core.group?.epoch && !this.pending && this.work) await this.serve(this.work);
  }

  private async serve(event: WorkEvent): Promise<void> {
    const { core } = this;
    const { group } = core;
    if (!group) return;
    const renews = isRenewal(event);
    if (renews && core.now - this.renewedAt < renewalPause) return core.count('renewal-too-soon');
    if (renews) this.renewedAt = core.now;
    const plan = await planWork(event, group, core.participant, (one) => core.roster.isListed(one));
    this.work = plan.unlisted ? event : null;
    const own = (await this.make(group, plan, event)) ?? (await this.make(group, await withoutMisfits(plan, group), event));
    for (const { participant, reason } of own?.plan.refused ?? plan.refused) {
      core.calls.make('mlsRefuse', { generation: core.generation, participant, reason }, core.now);
    }
    if (!own?.commit) return;
    this.pending = own;
    this.send(own);
  }

  /** Null where the library refuses; without a commit where nothing is left to do. */
  private async make(group: MlsGroup, plan: WorkPlan, event: WorkEvent): Promise<OwnCommit | { plan: WorkPlan; commit?: never } | null> {
    if (!isRenewal(event) && plan.add.length + plan.remove.length === 0) return { plan };
    try {
      return { ...(await group.commit(plan.add.map((one) => one.keyPackage), plan.remove.map((one) => one.leaf))), plan, work: event.work };
    } catch (error) {
      if (!(error instanceof GroupError)) throw error;
      return null;
    }
  }

  private send(own: OwnCommit): void {
    const { core } = this;
    const { welcome, tree, plan } = own;
    core.calls.make('mlsCommit', {
      generation: core.generation, epoch: own.epoch, commit: toBase64Url(own.commit),
      ...(welcome && tree ? { welcome: toBase64Url(welcome), tree: toBase64Url(tree) } : {}),
      added: plan.add.map((one) => one.participant), removed: plan.remove.map((one) => one.participant),
      ...(own.work === null ? {} : { work: own.work }),
    }, core.now, (answer) => this.answered(own, answer));
  }

  private async answered(own: OwnCommit, answer: Answer): Promise<void> {
    if (this.pending !== own) return;
    if (answer.kind === 'value') {
      if (await this.take(own.epoch, own)) await this.takeEarly();
    } else if (answer.kind === 'silent') {
      this.catchUp.hurry();
    } else if (answer.code === 'commit-stale') {
      // The one that was first is on its way.
      this.catchUp.soon();
    } else if (answer.code === 'generation-stale' && answer.generation !== null) {
      await this.hooks.restarted(answer.generation);
    } else {
      this.pending = null;
      this.core.count(`commit-refused-${answer.code}`);
    }
  }

  private async take(epoch: number, offer: Offer | OwnCommit): Promise<boolean> {
    const { group } = this.core;
    if (group?.epoch !== epoch) return false;
    const before = group.members().map((member) => member.participant);
    const own = this.pending?.epoch === epoch && sameBytes(this.pending.commit, offer.commit) ? this.pending : null;
    let removed = false;
    try {
      if (own) group.apply(own);
      else removed = (await group.process(offer.commit)).removed;
    } catch (error) {
      await this.invalid(error, 'from' in offer ? offer.from : '');
      return false;
    }
    this.pending = null;
    if (removed) {
      await this.hooks.lost('removed');
      return false;
    }
    this.taken.set(epoch, await sha256(offer.commit));
    if (this.taken.size > mostTaken) this.taken.delete(epoch - mostTaken);
    this.catchUp.advanced();
    await this.hooks.advanced(before, own?.plan.add.map((one) => one.participant) ?? []);
    return true;
  }

  private async invalid(error: unknown, from: string): Promise<void> {
    if (!(error instanceof GroupError)) throw error;
    const { faults } = this.core;
    if (error.fault === 'other-group') faults.raise('group-forked', from || null, error.message);
    else faults.notice('commit-invalid', from || null, `${error.fault}: ${error.message}`);
    await this.hooks.lost('commit-invalid');
  }

  private keep(event: CommitEvent): void {
    const { core, early } = this;
    const bytes = [...early.values()].reduce((sum, one) => sum + one.commit.length, 0);
    if (early.has(event.epoch)) core.count('commit-duplicate');
    else if (early.size >= mostEarly || bytes + event.commit.length > mostEarlyBytes) core.count('commit-too-early');
    else early.set(event.epoch, { commit: event.commit, from: event.from });
    // It leads to the epoch after it.
    if (core.group) this.heard(event.epoch + 1);
  }

  private async takeEarly(): Promise<void> {
    for (;;) {
      const epoch = this.core.group?.epoch;
      const next = epoch === undefined ? undefined : this.early.get(epoch);
      if (epoch === undefined || !next) break;
      this.early.delete(epoch);
      if (!(await this.take(epoch, next))) break;
    }
    const { work } = this;
    if (work && work.epoch === this.core.group?.epoch) await this.asked(work);
  }

  /** For an epoch that is over there is one commit: another one is for another group. */
  private async compare(event: CommitEvent): Promise<void> {
    const known = this.taken.get(event.epoch);
    if (!known) return this.core.count('commit-old');
    if (sameBytes(known, await sha256(event.commit))) return this.core.count('commit-duplicate');
    this.core.faults.raise('group-forked', event.from || null, `a second commit for epoch ${event.epoch}`);
  }
}

/** Nobody comes or goes: the keys of the own leaf are to be renewed. */
function isRenewal(event: WorkEvent): boolean {
  return event.add.length + event.remove.length === 0;
}
