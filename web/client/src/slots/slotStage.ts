import type { SlotChange } from '../signalling/messages';
import { SlotTable, type SlotContent } from './slotTable';

/** How long a picture may wait for its first packet on a new connection before the old one's last picture goes. */
const heldMs = 1500;

/**
 * The slots on the page, and those of a connection that is being made beside it: what is told of slots from then on concerns the coming ones, while the
 * page goes on showing the present ones. After the change a picture stays until its new track brings something.
 */
export class SlotStage {
  private present = new SlotTable();
  private coming: SlotTable | null = null;
  private held: readonly SlotContent[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: the contents are other ones now, without a call from outside. */
  constructor(private readonly changed: () => void) {}

  /** A new connection is being made; the present one goes on. */
  prepare(): void {
    this.coming = new SlotTable();
  }

  /** The new connection takes over; `holds`: the last pictures of the one before stay until the new ones are there. */
  takeOver(holds: boolean): void {
    this.held = holds ? this.contents() : [];
    this.present = this.coming ?? new SlotTable();
    this.coming = null;
    clearTimeout(this.timer);
    if (!holds) return;
    this.timer = setTimeout(() => {
      this.held = [];
      this.changed();
    }, heldMs);
  }

  change(slot: SlotChange): void {
    (this.coming ?? this.present).change(slot);
  }

  /** A track of the present connection. */
  addTrack(mid: string, track: MediaStreamTrack): void {
    this.present.addTrack(mid, track);
    if (this.held.length > 0) track.addEventListener('unmute', () => { this.changed(); }, { once: true });
  }

  clear(): void {
    clearTimeout(this.timer);
    this.present = new SlotTable();
    this.coming = null;
    this.held = [];
  }

  contents(): SlotContent[] {
    const now = this.present.contents();
    const isSame = (a: SlotContent, b: SlotContent): boolean => a.participant === b.participant && a.source === b.source;
    const waiting = this.held.filter((old) => now.find((content) => isSame(content, old))?.track.muted ?? true);
    return [...now.filter((content) => !waiting.some((old) => isSame(old, content))), ...waiting];
  }
}
