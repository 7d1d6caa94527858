/** What a browser remembers of a front door: whose key it showed first, and the newest directory it has shown. */
export interface Pin {
  /** SHA-256 of the operator key, base64url. */
  readonly operatorKey: string;
  readonly version: number;
}

export type PinStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Pins by the front door's origin. A browser that forbids storage remembers nothing: then every visit is the first. */
export class Pins {
  constructor(private readonly storage: PinStorage | null) {}

  find(origin: string): Pin | null {
    try {
      const value = JSON.parse(this.storage?.getItem(keyOf(origin)) ?? 'null') as Partial<Pin> | null;
      return typeof value?.operatorKey === 'string' ? { operatorKey: value.operatorKey, version: Number(value.version) || 0 } : null;
    } catch {
      return null;
    }
  }

  keep(origin: string, pin: Pin): void {
    try {
      this.storage?.setItem(keyOf(origin), JSON.stringify(pin));
    } catch {
      // Forgetting is all that happens.
    }
  }

  /** A person's deliberate step, after an operator has changed its key. */
  forget(origin: string): void {
    try {
      this.storage?.removeItem(keyOf(origin));
    } catch {
      // Nothing was kept.
    }
  }
}

const keyOf = (origin: string): string => `parley.pin.${origin}`;
