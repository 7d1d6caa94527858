import type { PinStorage } from '../route/pins';

/** The host keys of the meetings made in this browser. */
export class HostKeys {
  constructor(private readonly storage: PinStorage | null) {}

  find(meeting: string): string | null {
    try {
      return this.storage?.getItem(keyOf(meeting)) ?? null;
    } catch {
      return null;
    }
  }

  keep(meeting: string, hostKey: string): void {
    try {
      this.storage?.setItem(keyOf(meeting), hostKey);
    } catch {
      // Without storage the host key lives no longer than the page.
    }
  }

  /** The node says that it is not (any more) the key. */
  forget(meeting: string): void {
    try {
      this.storage?.removeItem(keyOf(meeting));
    } catch {
      // Nothing was kept.
    }
  }
}

const keyOf = (meeting: string): string => `parley.host.${meeting}`;
