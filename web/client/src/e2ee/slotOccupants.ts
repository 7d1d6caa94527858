import type { Occupant } from '../sframe/frameOpener';
import type { SlotChange } from '../signalling/messages';
import { isAtOrAfter } from '../slots/timestamps';

interface Stay {
  readonly occupant: Occupant | null;
  /** The RTP timestamp of the first frame; null: at once. */
  readonly from: number | null;
  readonly since: number;
}

/** After so long no frame from before a change is under way any more. */
const settledMs = 10_000;
const mostStays = 16;

/** Whose frames a slot carries, by RTP timestamp: around a change, frames of both occupants are under way. Told the time, in ms. */
export class SlotOccupants {
  /** Newest first. */
  private stays: Stay[] = [];

  change({ participant, source, from }: SlotChange, now: number): void {
    const occupant = participant !== null && source !== null ? { participant, source } : null;
    this.stays = [{ occupant, from, since: now }, ...this.stays].slice(0, mostStays);
  }

  /** Whom the slot shows now. */
  get present(): Occupant | null {
    return this.stays[0]?.occupant ?? null;
  }

  /** Whose a frame is; null: nobody's, as far as was told. */
  at(timestamp: number | null, now: number): Occupant | null {
    const stay = this.stays.find(
      ({ from, since }) => from === null || timestamp === null || now - since >= settledMs || isAtOrAfter(timestamp, from),
    );
    return stay?.occupant ?? null;
  }
}
