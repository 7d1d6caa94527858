// What a person would see in somebody's tile: the mean colour of the picture's upper half, its size and how far it has played.
([name]) => {
  const tile = [...document.querySelectorAll('[data-participant]')].find(t => (t.getAttribute('aria-label') ?? '').includes(name));
  const video = tile?.querySelector('video');
  if (!video || video.readyState < 2 || video.videoWidth === 0) return null;
  const style = getComputedStyle(video);
  if (style.visibility === 'hidden' || style.display === 'none' || Number(style.opacity) === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 64; canvas.height = 36;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(video, 0, 0, 64, 36);
  const { data } = context.getImageData(8, 4, 48, 16);
  let r = 0, g = 0, b = 0;
  for (let i = 0; i < data.length; i += 4) { r += data[i]; g += data[i + 1]; b += data[i + 2]; }
  const n = data.length / 4;
  return { red: r / n, green: g / n, blue: b / n, width: video.videoWidth, height: video.videoHeight, time: video.currentTime };
}
