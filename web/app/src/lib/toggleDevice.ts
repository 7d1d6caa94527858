import type { DeviceKind, LocalMedia } from '@parley/client';

/**
 * What a person means by pressing the microphone or camera button: off when it sends, else on; a device that is meant to
 * be on but failed is tried again. False when it still does not run.
 */
export async function toggleDevice(media: LocalMedia, kind: DeviceKind): Promise<boolean> {
  const { on, track } = media.state.get()[kind];
  if (on && track) {
    await media.turn(kind, false);
    return true;
  }
  await media.turn(kind, true);
  return media.sends(kind);
}
