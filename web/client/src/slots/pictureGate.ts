import { isAtOrAfter } from './timestamps';

/** Part of HTMLVideoElement that is used; `requestVideoFrameCallback` is missing in old browsers. */
export type GatedVideo = Pick<HTMLVideoElement, 'srcObject' | 'play'> &
  Partial<Pick<HTMLVideoElement, 'requestVideoFrameCallback' | 'cancelVideoFrameCallback'>>;

/** Without frame timestamps: how long a frame of the former occupant may still be on its way to the screen. */
const settleMs = 400;

/**
 * Plays a slot's track in a video element and says when its picture is the right person's: a slot changes hands at an
 * RTP timestamp, and frames before it, still in the jitter buffer, are another's. Returns what ends it.
 */
export function gatePicture(
  video: GatedVideo,
  track: MediaStreamTrack,
  from: number | null,
  reveal: () => void,
): () => void {
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: number | undefined;

  const finish = (): void => {
    if (over) return;
    reveal();
  };
  const onFrame = (_now: number, frame: VideoFrameCallbackMetadata): void => {
    if (over) return;
    if (from === null || (frame.rtpTimestamp !== undefined && isAtOrAfter(frame.rtpTimestamp, from))) finish();
    else if (frame.rtpTimestamp === undefined) timer ??= setTimeout(finish, settleMs);
    else request = video.requestVideoFrameCallback?.(onFrame);
  };

  video.srcObject = new MediaStream([track]);
  // Playback of a muted element is always allowed; an abort by the next source is no failure.
  video.play().catch(() => undefined);
  if (video.requestVideoFrameCallback) request = video.requestVideoFrameCallback(onFrame);
  else timer = setTimeout(finish, settleMs);

  return () => {
    over = true;
    clearTimeout(timer);
    if (request !== undefined) video.cancelVideoFrameCallback?.(request);
    video.srcObject = null;
  };
}
