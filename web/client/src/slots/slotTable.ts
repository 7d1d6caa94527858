import type { SlotChange, SourceName } from '../signalling/messages';

/** What a slot carries now: from the RTP timestamp `from` on, `track` is that participant's. */
export interface SlotContent {
  readonly mid: string;
  readonly track: MediaStreamTrack;
  readonly participant: string;
  readonly source: SourceName;
  readonly from: number | null;
}

/**
 * Which participant's picture or sound is on which received track. Both halves come in any order: tracks from the peer
 * connection, occupants from signalling. A slot that changed hands leaves its former occupant at once.
 */
export class SlotTable {
  private readonly tracks = new Map<string, MediaStreamTrack>();
  private readonly occupants = new Map<string, SlotChange>();

  addTrack(mid: string, track: MediaStreamTrack): void {
    this.tracks.set(mid, track);
  }

  /** Notes a change; null or an unknown source empties the slot. */
  change(change: SlotChange): void {
    // Deleted first, so that the order of the map is the order of the changes.
    this.occupants.delete(change.mid);
    if (change.participant !== null && change.source !== null) this.occupants.set(change.mid, change);
  }

  /** A new peer connection: all slots are gone. */
  clear(): void {
    this.tracks.clear();
    this.occupants.clear();
  }

  /** Everything shown now, one entry for each participant and source: the latest slot counts. */
  contents(): SlotContent[] {
    const found = new Map<string, SlotContent>();
    for (const [mid, { participant, source, from }] of this.occupants) {
      const track = this.tracks.get(mid);
      if (!track || participant === null || source === null) continue;
      found.set(`${participant} ${source}`, { mid, track, participant, source, from });
    }
    return [...found.values()];
  }
}
