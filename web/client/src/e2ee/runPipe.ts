import type { FrameMeter } from './frameMeter';
import type { EncodedFrame, Transformer } from './transformer';

/**
 * Runs frames through `process`, one after the other, and hands on those that it passes. One that it fails on is
 * dropped: an error in the stream would end the track. Resolves when the track ends.
 */
export function runPipe(transformer: Transformer, meter: FrameMeter, process: (frame: EncodedFrame) => Promise<boolean>): Promise<void> {
  const stream = new TransformStream<EncodedFrame, EncodedFrame>({
    transform: async (frame, controller) => {
      try {
        if (await process(frame)) controller.enqueue(frame);
      } catch {
        meter.onDropped('failed');
      }
    },
  });
  // Both ends close with the connection.
  return transformer.readable
    .pipeThrough(stream)
    .pipeTo(transformer.writable)
    .catch(() => undefined);
}
