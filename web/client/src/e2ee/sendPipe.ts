import { formatOf } from '../sframe/codecs/formats';
import type { FrameSealer } from '../sframe/frameSealer';
import type { SourceName } from '../signalling/messages';
import { FrameMeter } from './frameMeter';
import { KeyFrameNeed } from './keyFrameNeed';
import { runPipe } from './runPipe';
import type { EncodedFrame, Transformer } from './transformer';

/** Seals what one sender sends, all its layers. What cannot be sealed does not leave. */
export class SendPipe {
  readonly meter = new FrameMeter();
  private readonly need = new KeyFrameNeed();

  constructor(
    readonly source: SourceName,
    private readonly transformer: Transformer,
    private readonly sealer: FrameSealer,
    private readonly now: () => number,
  ) {}

  run(): Promise<void> {
    return runPipe(this.transformer, this.meter, (frame) => this.process(frame));
  }

  private async process(frame: EncodedFrame): Promise<boolean> {
    const began = this.now();
    const { byteLength } = frame.data;
    const sealed = await this.sealer.seal(new Uint8Array(frame.data), formatOf(frame.getMetadata().mimeType ?? ''), this.source);
    if ('dropped' in sealed) {
      this.meter.onDropped(sealed.dropped);
      this.need.onLost();
      return false;
    }
    frame.data = sealed.frame.buffer;
    const now = this.now();
    this.meter.onPassed(sealed.frame.length - byteLength, now - began);
    // The encoder goes on from a key frame that nobody got.
    if (frame.type !== undefined && this.need.onPassed(frame.type === 'key', now)) this.askEncoder();
    return true;
  }

  private askEncoder(): void {
    this.meter.onKeyFrameRequest();
    this.transformer.generateKeyFrame?.().catch(() => undefined);
  }
}
