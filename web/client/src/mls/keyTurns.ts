/** An epoch of a generation. */
export interface EpochName {
  readonly generation: number;
  readonly epoch: number;
}

interface Turn extends EpochName {
  /** From when it may be sealed with. */
  ripe: number;
  /** When it is forgotten; not before a newer one has come. */
  end: number;
  readonly members: number;
}

/** How long the others may take to have a new key before it is used without their word. */
const waitForOthers = 1_000;
/** How long what was sealed with an older key may still be on its way. */
const oldKeyLives = 10_000;

/**
 * Which epoch's key is used when. A new one opens at once; it seals when all members have confirmed it, or after a second; nobody waits
 * where nobody but newcomers could miss it. An old one is forgotten ten seconds after the next one came.
 */
export class KeyTurns {
  private readonly turns: Turn[] = [];
  private sealing: Turn | null = null;

  /** `held`: whom the newest keys are shared with is in doubt, so none newer than the present one is used. */
  held = false;

  constructor(private readonly forget: (epoch: EpochName) => void) {}

  /** `waits`: somebody else was in the epoch before, and may not have this one yet. */
  begin(name: EpochName, members: number, waits: boolean, now: number): void {
    for (const turn of this.turns) turn.end = Math.min(turn.end, now + oldKeyLives);
    this.turns.push({ ...name, members, ripe: waits && this.sealing ? now + waitForOthers : now, end: Infinity });
  }

  /** `count` of the `of` who are connected have it; who is not connected misses nothing by it. */
  confirmed(name: EpochName, count: number, of: number, now: number): void {
    const turn = this.turns.find((one) => one.generation === name.generation && one.epoch === name.epoch);
    if (turn && count >= Math.min(of, turn.members)) turn.ripe = Math.min(turn.ripe, now);
  }

  /** This member is in no group: nothing is sealed, what is on its way can still be opened. */
  end(now: number): void {
    for (const turn of this.turns) turn.end = Math.min(turn.end, now + oldKeyLives);
    this.sealing = null;
    for (const turn of this.turns) turn.ripe = Infinity;
  }

  /** What to seal with now. */
  at(now: number): EpochName | null {
    for (const turn of this.turns.filter((one) => one.end <= now)) {
      this.turns.splice(this.turns.indexOf(turn), 1);
      if (this.sealing === turn) this.sealing = null;
      this.forget({ generation: turn.generation, epoch: turn.epoch });
    }
    if (!this.held) this.sealing = this.turns.findLast((turn) => turn.ripe <= now) ?? this.sealing;
    return this.sealing && { generation: this.sealing.generation, epoch: this.sealing.epoch };
  }

  deadline(now: number): number {
    const ripening = this.held ? [] : this.turns.map((turn) => turn.ripe).filter((ripe) => ripe > now);
    return Math.min(Infinity, ...ripening, ...this.turns.map((turn) => turn.end));
  }
}
