/** What can be done about a media path that does not work, mildest first. */
export interface RecoveryActions {
  /** Whether media flows now. */
  isUp(): boolean;
  /** A re-offer with new ICE credentials on the same connection. */
  restartIce(): Promise<void>;
  /** A new peer connection in place of the old one. */
  replace(): Promise<void>;
}

/** A short gap often heals by itself. */
const graceMs = 1000;
const iceRestartLimitMs = 4000;
const replaceLimitMs = 8000;

/**
 * Keeps the media path alive. fine -> (disconnected) grace -> ICE restart -> replace -> replace ...; connected leads back
 * to fine from everywhere. Each stage has a time limit, so none can hang.
 */
export class Recovery {
  private stage: 'fine' | 'grace' | 'restarting' | 'replacing' = 'fine';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly actions: RecoveryActions) {}

  /** A new connection was just made and has so long to come up. */
  begin(): void {
    this.enter('replacing', replaceLimitMs, () => {
      this.replace();
    });
  }

  onState(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.stop();
    } else if (state === 'disconnected' && this.stage === 'fine') {
      this.enter('grace', graceMs, () => {
        this.restart();
      });
    } else if (state === 'failed') {
      if (this.stage === 'restarting' || this.stage === 'replacing') this.replace();
      else this.restart();
    }
  }

  /** The node closed this client's transport: nothing to restart. */
  lost(): void {
    this.replace();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stage = 'fine';
  }

  private restart(): void {
    this.enter('restarting', iceRestartLimitMs, () => {
      if (this.actions.isUp()) this.stop();
      else this.replace();
    });
    this.actions.restartIce().catch(() => {
      if (this.stage === 'restarting') this.replace();
    });
  }

  private replace(): void {
    this.begin();
    // A failure shows as the time limit, or as lost signalling, which makes a new connection anyway.
    this.actions.replace().catch(() => undefined);
  }

  private enter(stage: typeof this.stage, limitMs: number, next: () => void): void {
    clearTimeout(this.timer);
    this.stage = stage;
    this.timer = setTimeout(next, limitMs);
  }
}
