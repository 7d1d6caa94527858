import { Api } from '../http/api';
import { parseFragment } from './link';
import { Pins, type PinStorage } from './pins';
import { DirectoryTrust } from './trust';

export interface OpenTrustOptions {
  readonly api?: Api;
  readonly origin?: string;
  /** The operator key's hash in the invitation link; null when the link says nothing. */
  readonly invited?: string | null;
  readonly storage?: PinStorage | null;
}

/** The trust of this page: its own front door, the key its link carries, what this browser has pinned. */
export function openTrust(options: OpenTrustOptions = {}): DirectoryTrust {
  const api = options.api ?? new Api();
  return new DirectoryTrust({
    origin: options.origin ?? location.origin,
    fetch: () => api.signedDirectory(),
    pins: new Pins(options.storage === undefined ? localStorageOrNull() : options.storage),
    invited: options.invited === undefined ? parseFragment(location.hash).operatorKey : options.invited,
  });
}

/** This browser's storage; null where it is forbidden. */
export function localStorageOrNull(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
