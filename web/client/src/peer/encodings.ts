/** The camera's simulcast layers, smallest first, as docs/protocol.md names them, for a picture large enough for three. */
/** Below so many pixels Chromium sends fewer layers, and it is the *last* ones that it drops, the full picture first. */
const threeLayerPixels = 960 * 540;
const twoLayerPixels = 480 * 270;

/** 1.7 Mbit/s at 720p; what smaller pictures need falls a little slower than their area. */
const fullRate = { bitsPerSecond: 1_700_000, pixels: 1280 * 720, exponent: 0.88 };

/**
 * What to send of a camera with this capture size: the full picture is always the largest layer sent. With fewer layers
 * the later RIDs rest.
 */
export function encodingsFor(width: number, height: number): RTCRtpEncodingParameters[] {
  const pixels = width * height;
  const layers = pixels >= threeLayerPixels ? 3 : pixels >= twoLayerPixels ? 2 : 1;
  return ['q', 'h', 'f'].map((rid, index) => {
    const scale = 2 ** Math.max(0, layers - 1 - index);
    const share = pixels / scale ** 2 / fullRate.pixels;
    return {
      rid,
      active: index < layers,
      scaleResolutionDownBy: scale,
      maxBitrate: Math.round(fullRate.bitsPerSecond * Math.max(0.02, share) ** fullRate.exponent),
    };
  });
}
