import type { DropReason } from '../sframe/dropReason';
import type { Occupant } from '../sframe/frameOpener';
import type { MediaNotice } from './messages';

/** Frames that do not open for so long are worth a word. */
const patienceMs = 2000;
/** Somebody else's frames are, sooner: after the slot's change would have been told. */
const swapPatienceMs = 1000;

/** Codes of the reasons that keep a picture away; the others are only counted. */
const codes: Partial<Record<DropReason, MediaNotice['code']>> = {
  'keys-missing': 'frames-undecryptable',
  'epoch-unknown': 'frames-undecryptable',
  'epoch-over': 'old-epoch-replay',
  'sender-unknown': 'frames-undecryptable',
  'sender-other': 'stream-swapped',
  'slot-empty': 'stream-swapped',
  'not-authentic': 'frames-undecryptable',
  'codec-unknown': 'frames-undecryptable',
  malformed: 'frames-undecryptable',
};

/** Whether a slot's frames open, and since when they do not. Told the time, in ms. */
export class SlotHealth {
  private code: MediaNotice['code'] | null = null;
  private since = 0;
  private isTold = false;

  /** A frame opened, or the slot changed hands; true when what was told is over. */
  recover(): boolean {
    const wasTold = this.isTold;
    this.code = null;
    this.isTold = false;
    return wasTold;
  }

  /** A frame was dropped; a notice when it is time for one. */
  onDropped(reason: DropReason, sender: string | null, mid: string | null, occupant: Occupant | null, now: number): MediaNotice | null {
    const code = codes[reason];
    if (!code) return null;
    if (code !== this.code) {
      this.code = code;
      this.since = now;
      this.isTold = false;
    }
    if (this.isTold || now - this.since < (code === 'stream-swapped' ? swapPatienceMs : patienceMs)) return null;
    this.isTold = true;
    return { code, mid, participant: occupant?.participant ?? null, sender, why: reason };
  }
}
