import type { MemberOutput } from './memberTypes';
import type { DeliveryCallName, DeliveryCalls } from './protocol';

/** `silent`: no answer came in time or will come; whether the call was taken is not known. */
export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: string; readonly generation: number | null }
  | { readonly kind: 'silent' };

interface Outstanding {
  readonly due: number;
  readonly done: (answer: Answer) => void | Promise<void>;
}

const patience = 5_000;

/** The calls that have not been answered. */
export class CallBook {
  private readonly outstanding = new Map<number, Outstanding>();
  private last = 0;

  constructor(private readonly emit: (output: MemberOutput) => void) {}

  make<Name extends DeliveryCallName>(name: Name, argument: DeliveryCalls[Name], now: number, done: Outstanding['done'] = ignore): void {
    const call = ++this.last;
    this.outstanding.set(call, { due: now + patience, done });
    this.emit({ kind: 'call', call, name, argument } as MemberOutput);
  }

  async settle(call: number, answer: Answer): Promise<void> {
    const found = this.outstanding.get(call);
    this.outstanding.delete(call);
    await found?.done(answer);
  }

  /** Ends all that have waited too long; with `all`, every one. */
  async giveUp(now: number, all = false): Promise<void> {
    for (const [call, { due }] of [...this.outstanding]) {
      if (all || due <= now) await this.settle(call, { kind: 'silent' });
    }
  }

  /** Forgets them: what they were made for is over. */
  drop(): void {
    this.outstanding.clear();
  }

  get deadline(): number {
    return Math.min(Infinity, ...[...this.outstanding.values()].map((one) => one.due));
  }
}

function ignore(): void {
  // A call that needs no answer.
}
