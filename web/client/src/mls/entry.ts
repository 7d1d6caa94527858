import { toBase64Url } from '../route/base64url';
import type { Answer } from './callBook';
import { MlsGroup } from './group';
import { GroupError } from './groupError';
import { makeKeyPackages, type OwnKeyPackages } from './keyPackages';
import { backoff, type MemberCore } from './memberCore';
import type { DeliveryEvent } from './protocol';

type WelcomeEvent = Extract<DeliveryEvent, { name: 'mlsWelcome' }>;

export interface EntryHooks {
  /** The own group is this one from now on. */
  entered(group: MlsGroup): Promise<void>;
  /** The delivery service has a newer generation. */
  restarted(generation: number): Promise<void>;
}

const patience = 10_000;
const mostSpent = 64;

/** The way into a group: a key package is offered, a welcome comes back. It is the only one, and the same for those who lost their state. */
export class Entry {
  /** The last two offered: the welcome for the first may be on its way when the second is offered. */
  private candidates: OwnKeyPackages[] = [];
  private readonly spent = new Set<string>();
  private askAt = Infinity;
  private attempts = 0;

  constructor(private readonly core: MemberCore, private readonly hooks: EntryHooks) {}

  /** Nothing offered counts any more. */
  reset(): void {
    this.candidates.forEach((one) => this.spend(one));
    this.candidates = [];
    this.askAt = Infinity;
    this.attempts = 0;
  }

  /** Asks to be let in, `later` milliseconds from now; a key package that is on its way is waited for first. */
  begin(later = 0): void {
    const waits = this.candidates.length > 0 ? patience / 2 : 0;
    this.askAt = Math.min(this.askAt, this.core.now + Math.max(later, waits));
  }

  /** Asks again at once: what was asked for may have been lost with the connection. */
  hurry(): void {
    if (!this.core.group) this.askAt = this.core.now;
  }

  get deadline(): number {
    return this.askAt;
  }

  async run(): Promise<void> {
    if (this.askAt > this.core.now) return;
    this.askAt = this.core.now + patience;
    if (this.attempts++ > 0) this.core.faults.raise('not-added', null, `${this.attempts} attempts`);
    const { participant, options, scope } = this.core;
    const fresh = await makeKeyPackages(scope, participant, options.device, options.suites);
    this.candidates = [...this.candidates, fresh];
    for (const old of this.candidates.splice(0, this.candidates.length - 2)) this.spend(old);
    const argument = { generation: scope.generation, keyPackage: toBase64Url(fresh.encoded) };
    this.core.calls.make('mlsJoin', argument, this.core.now, (answer) => this.answered(answer));
  }

  /** Somebody says: you are in. */
  async welcomed(event: WelcomeEvent): Promise<void> {
    const { core } = this;
    if (event.generation !== core.generation) return core.count('welcome-of-other-generation');
    try {
      const group = await MlsGroup.join(core.scope, this.candidates, event.welcome, event.tree, (name) => this.spent.has(toBase64Url(name)));
      this.use(group);
      if (group.epoch !== event.epoch) core.count('welcome-epoch-differs');
      if (core.group && group.epoch <= core.group.epoch) return void core.faults.notice('welcome-replayed', null, 'for an epoch that is over');
      this.askAt = Infinity;
      this.attempts = 0;
      for (const code of ['not-added', 'secret-wrong'] as const) core.faults.clear(code);
      await this.hooks.entered(group);
    } catch (error) {
      if (!(error instanceof GroupError)) throw error;
      this.refuse(error);
    }
  }

  private refuse(error: GroupError): void {
    const { faults, group, now } = this.core;
    if (error.fault === 'secret-wrong') faults.raise('secret-wrong', null, error.message);
    else faults.notice(error.fault === 'spent' || (group && error.fault === 'not-mine') ? 'welcome-replayed' : 'welcome-invalid', null, error.message);
    if (!group && error.fault !== 'spent' && error.fault !== 'not-mine') this.askAt = Math.min(this.askAt, now + backoff(this.attempts));
  }

  private async answered(answer: Answer): Promise<void> {
    if (answer.kind === 'value') return;
    if (answer.kind === 'refused' && answer.code === 'generation-stale' && answer.generation !== null) return this.hooks.restarted(answer.generation);
    this.askAt = Math.min(this.askAt, this.core.now + backoff(this.attempts));
  }

  /** The key package that was used, and those before it, are of no use any more. */
  private use(group: MlsGroup): void {
    const name = toBase64Url(group.ownReference);
    const index = this.candidates.findIndex((one) => one.bySuite.some(({ reference }) => toBase64Url(reference) === name));
    for (const old of this.candidates.splice(0, index + 1)) this.spend(old);
  }

  private spend(packages: OwnKeyPackages): void {
    for (const { reference, kept } of packages.bySuite) {
      this.spent.add(toBase64Url(reference));
      kept.initPrivateKey.fill(0);
    }
    for (const oldest of this.spent) {
      if (this.spent.size <= mostSpent) break;
      this.spent.delete(oldest);
    }
  }
}
