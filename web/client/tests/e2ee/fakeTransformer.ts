import type { TransformOptions } from '../../src/e2ee/messages';
import type { EncodedFrame, Transformer } from '../../src/e2ee/transformer';

type Data = Uint8Array<ArrayBuffer>;

/** A sender's or receiver's end in a worker: frames are put in, and what comes out is kept. */
export class FakeTransformer implements Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly out: EncodedFrame[] = [];
  keyFrameRequests = 0;
  private controller: ReadableStreamDefaultController<EncodedFrame> | undefined;

  constructor(readonly options: TransformOptions) {
    this.readable = new ReadableStream<EncodedFrame>({ start: (controller) => { this.controller = controller; } });
    this.writable = new WritableStream<EncodedFrame>({ write: (frame) => { this.out.push(frame); } });
  }

  put(data: Data, { mimeType = 'video/VP8', timestamp = 0, type = 'delta' } = {}): void {
    const frame = { data: data.slice().buffer, type, getMetadata: () => ({ mimeType, rtpTimestamp: timestamp }) };
    this.controller?.enqueue(frame);
  }

  end(): void {
    this.controller?.close();
  }

  generateKeyFrame(): Promise<void> {
    this.keyFrameRequests++;
    return Promise.resolve();
  }

  sendKeyFrameRequest(): Promise<void> {
    this.keyFrameRequests++;
    return Promise.reject(new Error('the track has ended'));
  }
}
