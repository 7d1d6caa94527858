import type { MlsMember } from './member';
import type { MemberInput, MemberOutput } from './memberTypes';

/** Time as a member is told it; replaced in tests. */
export interface RunnerClock {
  now(): number;
  /** Calls once, after so many ms; gives what cancels it. */
  after(milliseconds: number, act: () => void): () => void;
}

const mostWaiting = 512;
const longestSleep = 60_000;

/** Runs a member in real time: works off what is pushed, one after the other, and wakes it when it wants to be. */
export class MemberRunner {
  private waiting = 0;
  private flooded = false;
  private stopped = false;
  private sleep: (() => void) | null = null;

  constructor(
    private readonly member: MlsMember, private readonly emit: (output: MemberOutput) => void,
    private readonly clock: RunnerClock = systemClock, private readonly failed: (error: unknown) => void = (error) => reportError(error),
  ) {}

  /** When more waits than can be worked off, the rest is dropped, and the member, told so, starts over. */
  push(input: MemberInput): void {
    if (this.stopped) return;
    if (this.waiting >= mostWaiting && input.kind === 'event') {
      this.flooded = true;
      return;
    }
    void this.work(input);
  }

  stop(): void {
    this.stopped = true;
    this.sleep?.();
    this.sleep = null;
  }

  private async work(input: MemberInput): Promise<void> {
    this.waiting++;
    try {
      const outputs = await this.member.handle(input, this.clock.now());
      if (!this.stopped) outputs.forEach((output) => this.emit(output));
    } catch (error) {
      // The browser itself failed (no memory, no algorithm): the member starts over, with its own pauses, instead of standing still.
      this.flooded ||= input.kind !== 'flooded';
      this.failed(error);
    } finally {
      this.waiting--;
    }
    if (this.stopped) return;
    if (this.flooded && this.waiting === 0) {
      this.flooded = false;
      this.push({ kind: 'flooded' });
    }
    this.wake();
  }

  private wake(): void {
    this.sleep?.();
    this.sleep = null;
    const { deadline } = this.member;
    if (deadline === Infinity || this.waiting > 0) return;
    const pause = Math.min(Math.max(deadline - this.clock.now(), 1), longestSleep);
    this.sleep = this.clock.after(pause, () => this.push({ kind: 'tick' }));
  }
}

const systemClock: RunnerClock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};
