import { formatOf } from '../sframe/codecs/formats';
import type { DropReason } from '../sframe/dropReason';
import type { FrameOpener, Opened } from '../sframe/frameOpener';
import type { SlotChange } from '../signalling/messages';
import { FrameMeter } from './frameMeter';
import { KeyFrameNeed } from './keyFrameNeed';
import type { MediaNotice } from './messages';
import { runPipe } from './runPipe';
import { Signal } from './signal';
import { SlotHealth } from './slotHealth';
import { SlotOccupants } from './slotOccupants';
import type { EncodedFrame, Transformer } from './transformer';

export interface SlotEvents {
  notice(notice: MediaNotice): void;
  /** What was told of the slot is over. */
  noticeOver(mid: string | null): void;
}

/** Media may overtake signalling: reasons that a moment may cure. */
const passing: readonly DropReason[] = ['keys-missing', 'epoch-unknown', 'sender-other', 'slot-empty'];
/** How long a frame waits for that moment. Only the first one does: those behind it have waited with it. */
const patienceMs = { audio: 120, video: 400 } as const;

/** Opens what comes in one slot, whoever is in it. What does not open never reaches the decoder. */
export class SlotPipe {
  readonly meter = new FrameMeter();
  private readonly occupants = new SlotOccupants();
  private readonly health = new SlotHealth();
  private readonly need = new KeyFrameNeed();
  private readonly changed = new Signal();
  private hasWaited = false;
  private transformer: Transformer | null = null;
  private knownMid: string | null = null;

  constructor(
    private readonly opener: FrameOpener,
    private readonly events: SlotEvents,
    private readonly now: () => number,
  ) {}

  /** As signalling names the slot; null before it has. */
  get mid(): string | null {
    return this.knownMid;
  }

  change(change: SlotChange): void {
    this.knownMid = change.mid;
    this.occupants.change(change, this.now());
    this.recover();
    this.changed.fire();
  }

  /** There are new keys. */
  onKeys(): void {
    this.changed.fire();
  }

  run(transformer: Transformer, kind: 'audio' | 'video'): Promise<void> {
    this.transformer = transformer;
    return runPipe(transformer, this.meter, (frame) => this.process(frame, patienceMs[kind]));
  }

  /** The page sees that a picture does not begin. Where frames do not open, a key frame would not either. */
  onStandstill(): void {
    if (!this.need.isPending) this.askKeyFrame();
  }

  private askKeyFrame(): void {
    this.meter.onKeyFrameRequest();
    this.transformer?.sendKeyFrameRequest?.().catch(() => undefined);
  }

  private async process(frame: EncodedFrame, patience: number): Promise<boolean> {
    const began = this.now();
    const { byteLength } = frame.data;
    const opened = await this.open(frame, began + patience);
    if ('dropped' in opened) {
      this.onDropped(opened.dropped, opened.sender);
      return false;
    }
    this.hasWaited = false;
    this.recover();
    frame.data = opened.frame.buffer;
    const now = this.now();
    this.meter.onPassed(byteLength - opened.frame.length, now - began);
    if (frame.type !== undefined && this.need.onPassed(frame.type === 'key', now)) this.askKeyFrame();
    return true;
  }

  private async open(frame: EncodedFrame, deadline: number): Promise<Opened> {
    const { mimeType = '', rtpTimestamp } = frame.getMetadata();
    const timestamp = rtpTimestamp ?? frame.timestamp ?? null;
    const bytes = new Uint8Array(frame.data);
    const format = formatOf(mimeType);
    for (;;) {
      const { changes } = this.changed;
      const now = this.now();
      const opened = await this.opener.open(bytes, format, this.occupants.at(timestamp, now));
      if (!('dropped' in opened) || !passing.includes(opened.dropped) || this.hasWaited || now >= deadline) {
        if ('dropped' in opened && passing.includes(opened.dropped)) this.hasWaited = true;
        return opened;
      }
      await this.changed.wait(changes, deadline - now);
    }
  }

  private onDropped(reason: DropReason, sender: string | null): void {
    this.meter.onDropped(reason);
    if (reason !== 'replayed') this.need.onLost();
    const notice = this.health.onDropped(reason, sender, this.mid, this.occupants.present, this.now());
    if (notice) this.events.notice(notice);
  }

  private recover(): void {
    if (this.health.recover()) this.events.noticeOver(this.mid);
  }
}
