import type { Answer } from './callBook';
import type { Bytes } from './bytes';
import { backoff, type MemberCore } from './memberCore';
import { readCaughtUp } from './protocol';

export interface CatchUpHooks {
  take(epoch: number, commit: Bytes): Promise<boolean>;
  lost(reason: string): Promise<void>;
  restarted(generation: number): Promise<void>;
}

/** What is on its way gets this long before it is asked for. */
const patience = 300;
/** Answers that do not bring what others have: after so many it is a fault, after so many more this member starts over. */
const suspicious = 2;
const hopeless = 5;

/** Asks for the commits between the own epoch and the one that others are known to be in. */
export class CatchUp {
  private known = 0;
  private due = Infinity;
  private asking = false;
  private fruitless = 0;

  constructor(private readonly core: MemberCore, private readonly hooks: CatchUpHooks) {}

  reset(): void {
    this.known = 0;
    this.due = Infinity;
    this.asking = false;
    this.fruitless = 0;
    this.core.faults.clear('commit-missing');
  }

  get deadline(): number {
    return this.asking || !this.core.group ? Infinity : this.due;
  }

  heard(epoch: number): void {
    this.known = Math.max(this.known, epoch);
    if (this.isBehind) this.soon();
  }

  soon(): void {
    this.due = Math.min(this.due, this.core.now + patience);
  }

  hurry(): void {
    this.due = this.core.now;
    this.asking = false;
  }

  /** A commit was taken. */
  advanced(): void {
    this.fruitless = 0;
    this.core.faults.clear('commit-missing');
    if (!this.isBehind) this.due = Infinity;
  }

  async run(): Promise<void> {
    const { core } = this;
    if (this.asking || this.due > core.now || !core.group) return;
    this.due = Infinity;
    this.asking = true;
    core.calls.make('mlsCatchUp', { generation: core.generation, epoch: core.group.epoch }, core.now, (answer) => this.answered(answer));
  }

  private get isBehind(): boolean {
    return this.core.group !== null && this.known > this.core.group.epoch;
  }

  private async answered(answer: Answer): Promise<void> {
    this.asking = false;
    if (answer.kind === 'silent') return this.again();
    if (answer.kind === 'refused') {
      if (answer.code === 'generation-stale' && answer.generation !== null) return this.hooks.restarted(answer.generation);
      return answer.code === 'group-lost' || answer.code === 'not-a-member' ? this.hooks.lost('group-lost') : this.again();
    }
    const caught = readCaughtUp(answer.value);
    if (!caught) {
      this.core.count('answer-malformed');
      return this.again();
    }
    const { group } = this.core;
    for (const { epoch, commit } of caught.commits) await this.hooks.take(epoch, commit);
    if (this.core.group !== group) return;
    this.known = Math.max(this.known, caught.epoch);
    if (this.isBehind) await this.stillBehind();
  }

  private async stillBehind(): Promise<void> {
    this.fruitless++;
    if (this.fruitless >= suspicious) this.core.faults.raise('commit-missing', null, `others are in epoch ${this.known}`);
    if (this.fruitless >= hopeless) return this.hooks.lost('commit-missing');
    this.again();
  }

  private again(): void {
    this.due = Math.min(this.due, this.core.now + backoff(this.fruitless));
  }
}
