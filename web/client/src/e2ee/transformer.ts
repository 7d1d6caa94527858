/**
 * The parts of the encoded-transform interface that are used, as they are inside a worker. Typed here, since the
 * language's own declarations for pages and for workers exclude each other.
 */
export interface EncodedFrame {
  data: ArrayBuffer;
  /** The RTP timestamp, in browsers whose metadata have none. */
  readonly timestamp?: number;
  /** Of video frames. */
  readonly type?: string;
  getMetadata(): { readonly mimeType?: string; readonly rtpTimestamp?: number };
}

export interface Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: unknown;
  /** Of a sender: has the encoder make a key frame of each layer. */
  generateKeyFrame?(rid?: string): Promise<unknown>;
  /** Of a receiver: asks the other side for a key frame. */
  sendKeyFrameRequest?(): Promise<void>;
}

export interface TransformEvent {
  readonly transformer: Transformer;
}
