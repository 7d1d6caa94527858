import type { FrameCipher } from './cipher';
import { deriveCipher, senderBaseKey } from './derivation';
import { isLater, keyIdOf, leafLimit, readKeyId, shortEpoch } from './keyId';
import { meetingSuite } from './suites';

/** The keys of one epoch, as the group's key agreement gives them. */
export interface Epoch {
  /** Rises when the group is made anew, with epochs from the start. */
  readonly generation: number;
  readonly epoch: number;
  /** The exported secret of the epoch, for HKDF. */
  readonly secret: CryptoKey;
  /** Who has which leaf. */
  readonly members: ReadonlyMap<number, string>;
  /** The own leaf. */
  readonly self: number;
}

/** Whose key an id names, or why there is none. */
export type Found =
  | { readonly participant: string; readonly cipher: () => Promise<FrameCipher> }
  | { readonly missing: 'keys-missing' | 'epoch-unknown' | 'epoch-over' | 'sender-unknown'; readonly participant: string | null };

/** The own key of an epoch with its counter, which all tracks and layers share. */
export interface SendingKey {
  readonly keyId: bigint;
  readonly cipher: Promise<FrameCipher>;
  /** The next frame's counter; null when there is none left. */
  next(): bigint | null;
}

interface Held extends Epoch {
  readonly ciphers: Map<number, Promise<FrameCipher>>;
  readonly sending: SendingKey;
  /** From when on it is gone; null for the newest. */
  over: number | null;
}

/** So long after a new epoch the one before is still read. */
export const oldEpochMs = 10_000;
/** Far below what AES-GCM allows under one key, far above what a meeting sends. */
const counterLimit = 2 ** 40;

/** The keys of the present epoch and of those just over, by epoch and sender. Told the time, in ms. */
export class KeyRing {
  private readonly epochs = new Map<number, Held>();
  private newest: Held | null = null;
  private sends: Held | null = null;

  /** Takes an epoch; a known one is left as it is, since its counter must not start again. Older ones end 10 s from now. */
  add(epoch: Epoch, now: number): void {
    if (!Number.isInteger(epoch.self) || epoch.self < 0 || epoch.self >= leafLimit) throw new RangeError('a leaf that has no key ids');
    this.expire(now);
    if (this.newest && !isNewer(epoch, this.newest)) return;
    for (const held of this.epochs.values()) held.over ??= now + oldEpochMs;
    const held: Held = { ...epoch, ciphers: new Map(), sending: makeSendingKey(epoch), over: null };
    this.epochs.set(shortEpoch(epoch.epoch), held);
    this.newest = held;
    // Nobody has the old keys of another generation, and without any there is nothing to wait for.
    if (this.sends?.generation !== held.generation) this.sends = held;
  }

  /** From now on frames are sealed in the newest epoch. */
  sendNewest(): void {
    this.sends = this.newest;
  }

  /** Whether frames are sealed in an epoch that is not the newest. */
  get lags(): boolean {
    return this.sends !== this.newest;
  }

  get present(): { readonly generation: number; readonly epoch: number } | null {
    return this.newest && { generation: this.newest.generation, epoch: this.newest.epoch };
  }

  get sending(): SendingKey | null {
    return this.sends?.sending ?? null;
  }

  find(keyId: bigint, now: number): Found {
    this.expire(now);
    const key = readKeyId(keyId);
    if (!key) return { missing: 'sender-unknown', participant: null };
    if (!this.newest) return { missing: 'keys-missing', participant: null };
    const held = this.epochs.get(key.epoch);
    const participant = (held ?? this.newest).members.get(key.leaf) ?? null;
    if (!held) return { missing: isLater(key.epoch, shortEpoch(this.newest.epoch)) ? 'epoch-unknown' : 'epoch-over', participant };
    if (participant === null) return { missing: 'sender-unknown', participant };
    return { participant, cipher: () => cipherOf(held, key.leaf, keyId) };
  }

  /** Forgets what is over; the time of the next end, or null. */
  expire(now: number): number | null {
    let next: number | null = null;
    for (const [short, { over }] of this.epochs) {
      if (over === null) continue;
      if (over <= now) this.epochs.delete(short);
      else next = Math.min(next ?? over, over);
    }
    return next;
  }

  /** Forgets everything. */
  clear(): void {
    this.epochs.clear();
    this.newest = null;
    this.sends = null;
  }
}

function isNewer(epoch: Epoch, than: Epoch): boolean {
  return epoch.generation === than.generation ? epoch.epoch > than.epoch : epoch.generation > than.generation;
}

function cipherOf(held: Held, leaf: number, keyId: bigint): Promise<FrameCipher> {
  const known = held.ciphers.get(leaf);
  if (known) return known;
  const made = senderBaseKey(held.secret, leaf).then((base) => deriveCipher(meetingSuite, base, keyId, 'open'));
  held.ciphers.set(leaf, made);
  return made;
}

function makeSendingKey({ secret, self, epoch }: Epoch): SendingKey {
  const keyId = keyIdOf(self, epoch);
  let counter = 0;
  return {
    keyId,
    cipher: senderBaseKey(secret, self).then((base) => deriveCipher(meetingSuite, base, keyId, 'seal')),
    next: () => (counter < counterLimit ? BigInt(counter++) : null),
  };
}
