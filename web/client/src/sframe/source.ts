import type { SourceName } from '../signalling/messages';

/** A source's number in what is authenticated: nobody passes a person's screen off as the camera. */
export const sourceIds: Readonly<Record<SourceName, number>> = { microphone: 1, camera: 2, screen: 3, screenAudio: 4 };
