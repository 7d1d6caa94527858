/** A canvas in one colour with a moving bar, as a camera's track. */
export function paintedTrack(colour: string, width = 640, height = 360, rate = 30): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d', { alpha: false });
  let frame = 0;
  const paint = (): void => {
    if (!context) return;
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#ffffff';
    context.fillRect((frame++ * 16) % width, height - height / 10, width / 10, height / 10);
  };
  paint();
  setInterval(paint, 1000 / rate);
  const [track] = canvas.captureStream(rate).getVideoTracks();
  if (!track) throw new Error('no track');
  return track;
}

/** The mean colour of a playing picture's upper half; null before there is one. */
export function look(video: HTMLVideoElement): readonly number[] | null {
  if (video.readyState < 2 || video.videoWidth === 0) return null;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 64, height: 36 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, 64, 36);
  const { data } = context.getImageData(8, 4, 48, 16);
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) for (const colour of [0, 1, 2]) sums[colour] = (sums[colour] ?? 0) + (data[at + colour] ?? 0);
  return sums.map((sum) => Math.round(sum / (data.length / 4)));
}
