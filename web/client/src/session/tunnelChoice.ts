import type { TunnelWay } from '../peer/tunnel';

export interface TunnelChoiceHooks {
  /** Makes a new connection, which asks `next` for its way. */
  retry(): void;
  /** Neither the direct way nor the tunnel has worked, not once. */
  unreachable(way: TunnelWay | null): void;
}

/** So long a direct connection may take before the tunnel is tried. */
const directLimitMs = 4000;

/** So long everything may take before the first connection works. */
const giveUpMs = 30_000;

/**
 * When to go through the tunnel: where nothing gets through directly. A way that has worked is taken again at once; a tunnel that has not leads back to
 * trying directly, since networks change.
 */
export class TunnelChoice {
  private way: TunnelWay | null = null;
  private prefers = false;
  /** How the connection that is being made goes; null: none is. */
  private pending: { readonly way: TunnelWay | null } | null = null;
  private everUp = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private giveUpTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly hooks: TunnelChoiceHooks,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The way of a connection that is to be made; null: directly. */
  next(): TunnelWay | null {
    if (this.pending?.way && this.pending.way.node === this.way?.node) this.prefers = false;
    const way = this.prefers && this.way && this.now() < this.way.until ? this.way : null;
    clearTimeout(this.timer);
    this.pending = { way };
    return way;
  }

  /** Another node will answer: nothing more goes to the one before, its tunnel least of all. */
  forget(): void {
    this.way = null;
  }

  /** The answer to a new connection's offer is there, and with it the way for the next one; `isThrough`: packets get through, the rest only takes time. */
  answered(way: TunnelWay | null, isThrough: () => boolean): void {
    this.way = way;
    if (!this.everUp) this.giveUpTimer ??= setTimeout(() => { this.hooks.unreachable(this.way); }, giveUpMs);
    clearTimeout(this.timer);
    const used = this.pending?.way ?? null;
    if (!way || used?.node === way.node) return;
    const look = (): void => {
      if (isThrough()) return;
      this.prefers = true;
      this.hooks.retry();
    };
    // It is known already that only the tunnel works: its pass was too old, or another node's, and is not any more.
    this.timer = setTimeout(look, this.prefers ? 0 : directLimitMs);
  }

  /** The newest connection works. */
  up(tunnelled: boolean): void {
    this.stop();
    this.everUp = true;
    this.prefers = tunnelled;
    this.pending = null;
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.giveUpTimer);
    this.giveUpTimer = undefined;
  }
}
