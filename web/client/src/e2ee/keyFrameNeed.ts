/** Between two requests: one round trip and the time to make a key frame. */
const betweenMs = 1000;

/**
 * Whether a key frame has to be asked for: only where frames were lost to a missing key, and only once frames can be
 * read again. After a change of keys that nothing was lost to, nobody asks. Told the time, in ms.
 */
export class KeyFrameNeed {
  private isNeeded = false;
  private asked = -Infinity;

  /** Whether frames were lost since the last key frame: it will be asked for when it is of use. */
  get isPending(): boolean {
    return this.isNeeded;
  }

  onLost(): void {
    this.isNeeded = true;
  }

  /** A frame passed; true: ask now. */
  onPassed(isKeyFrame: boolean, now: number): boolean {
    if (isKeyFrame) this.isNeeded = false;
    if (!this.isNeeded || now - this.asked < betweenMs) return false;
    this.asked = now;
    return true;
  }
}
