/** Lets some wait until something changes. */
export class Signal {
  private waiting: (() => void)[] = [];
  private count = 0;

  /** Rises with every change. */
  get changes(): number {
    return this.count;
  }

  fire(): void {
    this.count++;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Until there have been more changes than `changes`, but no longer than so many ms. */
  wait(changes: number, ms: number): Promise<void> {
    if (this.count > changes) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((one) => one !== wake);
        resolve();
      }, ms);
      this.waiting.push(wake);
    });
  }
}
