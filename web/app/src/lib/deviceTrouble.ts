import type { DeviceFailure, LocalMediaState } from '@parley/client';
import type { MessageKey } from '../i18n/en';
import { permissionHelpKey } from './permissionHelp';

export interface DeviceTrouble {
  readonly title: MessageKey;
  readonly help: MessageKey | null;
  /** Whether asking again can help without a change outside the page. */
  readonly retry: boolean;
}

type Named = Exclude<DeviceFailure, 'insecure' | 'failed'>;

const titles: Readonly<Record<Named, readonly [both: MessageKey, camera: MessageKey, microphone: MessageKey]>> = {
  refused: ['deviceRefusedBoth', 'deviceRefusedCamera', 'deviceRefusedMicrophone'],
  missing: ['deviceMissingBoth', 'deviceMissingCamera', 'deviceMissingMicrophone'],
  busy: ['deviceBusyBoth', 'deviceBusyCamera', 'deviceBusyMicrophone'],
};

/** What to tell about devices that did not come up: one entry when both failed alike. */
export function deviceTroubles(state: LocalMediaState, userAgent: string): DeviceTrouble[] {
  const camera = state.camera.on ? state.camera.failure : null;
  const microphone = state.microphone.failure;
  if (camera !== null && camera === microphone) return [trouble(camera, 0, userAgent)];
  const found: DeviceTrouble[] = [];
  if (microphone !== null) found.push(trouble(microphone, 2, userAgent));
  if (camera !== null) found.push(trouble(camera, 1, userAgent));
  return found;
}

function trouble(failure: DeviceFailure, which: 0 | 1 | 2, userAgent: string): DeviceTrouble {
  if (failure === 'insecure') return { title: 'deviceInsecure', help: null, retry: false };
  if (failure === 'failed') return { title: 'deviceFailed', help: null, retry: true };
  const help = {
    refused: permissionHelpKey(userAgent),
    missing: 'deviceMissingHelp',
    busy: 'deviceBusyHelp',
  } as const;
  return { title: titles[failure][which], help: help[failure], retry: failure !== 'missing' };
}
