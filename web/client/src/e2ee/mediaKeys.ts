import { importSecret } from '../sframe/derivation';
import { oldEpochMs, type KeyRing } from '../sframe/keyRing';

/** An epoch's keys as whoever agrees on them hands them over. */
export interface EpochKeys {
  /** Rises when the group is made anew. */
  readonly generation: number;
  readonly epoch: number;
  /** The exported secret, 32 bytes; wiped once it has been taken in. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** Whose which leaf is. */
  readonly members: ReadonlyMap<number, string>;
  readonly self: number;
}

/** A new epoch is sent in at the latest so long after it came, whether everyone has it or not. */
const sendAfterMs = 1000;

/** Keeps the key ring with time: takes epochs in, changes over to them, and forgets the old ones. */
export class MediaKeys {
  private queue: Promise<unknown> = Promise.resolve();
  private sendTimer: ReturnType<typeof setTimeout> | undefined;
  private endTimer: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: there are other keys now. */
  constructor(
    private readonly ring: KeyRing,
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {}

  /** Takes an epoch in, in the order of the calls. One that is known or older than the newest changes nothing. */
  setEpoch({ secret, ...epoch }: EpochKeys): Promise<void> {
    const turn = this.queue.then(async () => {
      this.ring.add({ ...epoch, secret: await importSecret(secret) }, this.now());
      clearTimeout(this.sendTimer);
      if (this.ring.lags) this.sendTimer = setTimeout(() => { this.ring.sendNewest(); }, sendAfterMs);
      clearTimeout(this.endTimer);
      this.endTimer = setTimeout(() => this.ring.expire(this.now()), oldEpochMs + 1);
      this.changed();
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Every member has this epoch: nothing more to wait for. */
  allHave(generation: number, epoch: number): void {
    const { present } = this.ring;
    if (present?.generation !== generation || present.epoch !== epoch) return;
    clearTimeout(this.sendTimer);
    this.ring.sendNewest();
  }

  /** Forgets all keys: nothing is sealed or opened from now on. */
  clear(): void {
    clearTimeout(this.sendTimer);
    clearTimeout(this.endTimer);
    this.ring.clear();
  }
}
