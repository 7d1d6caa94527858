import { noDrops, type DropReason } from '../sframe/dropReason';
import type { FrameCounts } from './messages';

/** Counts what happens to one source's or one slot's frames. */
export class FrameMeter {
  private passed = 0;
  private bytesAdded = 0;
  private delayMs = 0;
  private keyFrameRequests = 0;
  private readonly dropped = noDrops();

  onPassed(bytesAdded: number, delayMs: number): void {
    this.passed++;
    this.bytesAdded += bytesAdded;
    this.delayMs += delayMs;
  }

  onDropped(reason: DropReason): void {
    this.dropped[reason]++;
  }

  onKeyFrameRequest(): void {
    this.keyFrameRequests++;
  }

  read(): FrameCounts {
    const { passed, bytesAdded, delayMs, keyFrameRequests } = this;
    return { passed, dropped: { ...this.dropped }, bytesAdded, delayMs, keyFrameRequests };
  }
}
