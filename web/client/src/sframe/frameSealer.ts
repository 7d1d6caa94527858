import type { SourceName } from '../signalling/messages';
import { concat, type Bytes } from './bytes';
import type { FrameFormat } from './codecs/frameFormat';
import type { DropReason } from './dropReason';
import type { KeyRing } from './keyRing';
import { seal } from './sframe';
import { sourceIds } from './source';

export type Sealed = { readonly frame: Bytes } | { readonly dropped: DropReason };

/** What is authenticated with a frame beside the SFrame header: source, codec, and what stays in clear. */
export function metadataOf(source: SourceName, format: FrameFormat, bound: Bytes): Bytes {
  return concat(Uint8Array.of(sourceIds[source], format.id), bound);
}

/** Seals the own frames with the key of the epoch in which is sent. Without one nothing goes out. */
export class FrameSealer {
  constructor(private readonly keys: KeyRing) {}

  async seal(frame: Bytes, format: FrameFormat | null, source: SourceName): Promise<Sealed> {
    if (!format) return { dropped: 'codec-unknown' };
    const parts = format.ofPlain(frame);
    if (!parts) return { dropped: 'malformed' };
    const key = this.keys.sending;
    if (!key) return { dropped: 'keys-missing' };
    // Taken before anything is waited for: frames sealed side by side never get the same one.
    const counter = key.next();
    if (counter === null) return { dropped: 'counter-over' };
    const metadata = metadataOf(source, format, parts.bound);
    return { frame: parts.join(await seal(await key.cipher, key.keyId, counter, metadata, parts.body)) };
  }
}
