/** Of a slot's inbound statistics. */
export interface StartSample {
  readonly packets: number;
  /** Whole frames that have come. */
  readonly frames: number;
  readonly decoded: number;
}

/** Frames that stand still so long while packets come, when a picture begins, need a key frame; browsers themselves wait 3 s. */
const stillMs = 300;
/** A picture of which so many frames have been decoded has begun. */
const begunFrames = 10;
const watchedMs = 6000;
const mostRequests = 4;

/**
 * Whether a picture that begins has stopped: some browsers lose the frames behind the first one of H.264 and AV1 when
 * frames go through a transform. Told the time, in ms.
 */
export class StartWatch {
  private first: StartSample | null = null;
  private last: StartSample | null = null;
  /** Since when packets come without a frame. */
  private stillSince: number | null = null;
  private requests = 0;

  constructor(private readonly began: number) {}

  /** Whether there is nothing more to watch. */
  isOver(now: number): boolean {
    const decoded = (this.last?.decoded ?? 0) - (this.first?.decoded ?? 0);
    return decoded >= begunFrames || now - this.began >= watchedMs || this.requests >= mostRequests;
  }

  /** Takes what the statistics say; true: a key frame shall be asked for. */
  onSample(sample: StartSample, now: number): boolean {
    const { last } = this;
    this.first ??= sample;
    this.last = sample;
    if (!last || sample.frames > last.frames) {
      this.stillSince = null;
      return false;
    }
    if (sample.packets === last.packets) return false;
    this.stillSince ??= now;
    // Each request is given twice the time of the one before.
    if (now - this.stillSince < stillMs * 2 ** this.requests) return false;
    this.stillSince = null;
    this.requests++;
    return true;
  }
}
