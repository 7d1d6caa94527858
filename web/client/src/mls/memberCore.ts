import { CallBook } from './callBook';
import type { CredentialScope } from './credential';
import { Faults } from './faults';
import type { MlsGroup } from './group';
import { KeyTurns } from './keyTurns';
import type { MemberOptions, MemberOutput } from './memberTypes';
import { RosterWatch } from './rosterWatch';

/** What the parts of a member share. */
export class MemberCore {
  readonly calls = new CallBook((output) => this.emit(output));
  readonly faults = new Faults((fault) => this.emit({ kind: 'fault', fault }));
  readonly turns = new KeyTurns((epoch) => this.emit({ kind: 'forget', ...epoch }));
  readonly roster = new RosterWatch(this.faults);
  readonly counters = new Map<string, number>();
  now = 0;
  participant = '';
  generation = 0;
  /** Whether calls can be made. */
  connected = false;
  group: MlsGroup | null = null;
  private outputs: MemberOutput[] = [];

  constructor(readonly options: MemberOptions) {}

  get scope(): CredentialScope {
    return { meeting: this.options.meeting, generation: this.generation, secret: this.options.secret };
  }

  emit(output: MemberOutput): void {
    this.outputs.push(output);
  }

  /** What was emitted since the last time. */
  drain(): readonly MemberOutput[] {
    const { outputs } = this;
    this.outputs = [];
    return outputs;
  }

  /** Something was dropped or ignored. */
  count(what: string): void {
    this.counters.set(what, (this.counters.get(what) ?? 0) + 1);
  }
}

/** 1, 2, 4, 8, 16 seconds. */
export function backoff(attempt: number): number {
  return 1_000 * 2 ** Math.min(Math.max(attempt, 0), 4);
}
