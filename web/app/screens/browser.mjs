// Chromium of the system (no download), with a fake camera and microphone.
import { chromium } from 'playwright-core';

export function launch(extra = []) {
  return chromium.launch({
    executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream=fps=30',
      '--autoplay-policy=no-user-gesture-required',
      ...extra,
    ],
  });
}

export const allowDevices = '--use-fake-ui-for-media-stream';

/** Candidates with addresses, as a node's are: the page holds them against the node's statement. */
export const plainCandidates = '--disable-features=WebRtcHideLocalIpsWithMdns';
