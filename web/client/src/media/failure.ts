/** Why a camera or microphone did not come up, as a person can act on it. */
export type DeviceFailure =
  /** The person or the browser's settings said no. */
  | 'refused'
  /** There is no such device. */
  | 'missing'
  /** Another program holds it, or the system failed to start it. */
  | 'busy'
  /** The page is not on https or localhost, so the browser offers no devices. */
  | 'insecure'
  /** Anything else. */
  | 'failed';

/** Sorts what getUserMedia throws; the names differ between browsers and years. */
export function classifyDeviceError(error: unknown): DeviceFailure {
  const name = typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'refused';
    case 'SecurityError':
      return 'insecure';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
