/**
 * Which of the counters of one key have come on one track. A sender's tracks and layers share a counter, so a track
 * sees gaps; frames may overtake each other by as much as a retransmission takes: 2,048 counters are 5 s of the busiest sender.
 */
export class ReplayWindow {
  static readonly size = 2048;
  private readonly seen = new Uint32Array(ReplayWindow.size / 32);
  private highest = -1;

  /** Whether the counter has not come yet and is not too old to tell. */
  isFresh(counter: number): boolean {
    if (counter > this.highest) return true;
    return counter > this.highest - ReplayWindow.size && !this.has(counter);
  }

  /** Notes the counter of an authentic frame; false when it has come before or is too old to tell. */
  accept(counter: number): boolean {
    if (!this.isFresh(counter)) return false;
    this.advance(counter);
    const word = this.wordOf(counter);
    this.seen[word] = (this.seen[word] ?? 0) | (1 << (counter % 32));
    return true;
  }

  private advance(counter: number): void {
    if (counter <= this.highest) return;
    if (counter - this.highest >= ReplayWindow.size) this.seen.fill(0);
    else for (let passed = this.highest + 1; passed <= counter; passed++) this.clear(passed);
    this.highest = counter;
  }

  private has(counter: number): boolean {
    return ((this.seen[this.wordOf(counter)] ?? 0) & (1 << (counter % 32))) !== 0;
  }

  private clear(counter: number): void {
    const word = this.wordOf(counter);
    this.seen[word] = (this.seen[word] ?? 0) & ~(1 << (counter % 32));
  }

  private wordOf(counter: number): number {
    return Math.floor((counter % ReplayWindow.size) / 32);
  }
}
