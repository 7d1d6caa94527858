import type { SourceName } from '../signalling/messages';
import type { Bytes } from './bytes';
import type { FrameCipher } from './cipher';
import type { FrameFormat, Parts } from './codecs/frameFormat';
import type { DropReason } from './dropReason';
import { metadataOf } from './frameSealer';
import { decodeHeader, type SFrameHeader } from './header';
import type { KeyRing } from './keyRing';
import { ReplayWindow } from './replayWindow';
import { open } from './sframe';
import { meetingSuite } from './suites';

/** Whose frames a slot carries, as signalling tells it. */
export interface Occupant {
  readonly participant: string;
  readonly source: SourceName;
}

export type Opened =
  | { readonly frame: Bytes }
  /** `sender`: whose key the frame names, where that is known. */
  | { readonly dropped: DropReason; readonly sender: string | null };

interface Taken {
  readonly parts: Parts;
  readonly header: SFrameHeader;
}

/**
 * Opens the frames of one connection. Replay windows belong to a key and a source, not to a slot: a frame that came in
 * one slot is refused in any other.
 */
export class FrameOpener {
  /** They live as long as their key. */
  private readonly windows = new WeakMap<FrameCipher, Map<SourceName, ReplayWindow>>();

  constructor(
    private readonly keys: KeyRing,
    private readonly now: () => number,
  ) {}

  async open(frame: Bytes, format: FrameFormat | null, occupant: Occupant | null): Promise<Opened> {
    if (!format) return { dropped: 'codec-unknown', sender: null };
    const taken = take(frame, format);
    if (!taken) return { dropped: 'malformed', sender: null };
    const { parts, header } = taken;
    const found = this.keys.find(header.keyId, this.now());
    if ('missing' in found) return { dropped: found.missing, sender: found.participant };
    const sender = found.participant;
    if (!occupant) return { dropped: 'slot-empty', sender };
    if (sender !== occupant.participant) return { dropped: 'sender-other', sender };
    const cipher = await found.cipher();
    const window = this.windowOf(cipher, occupant.source);
    const counter = Number(header.counter);
    if (!window.isFresh(counter)) return { dropped: 'replayed', sender };
    const plain = await open(cipher, header, metadataOf(occupant.source, format, parts.bound), parts.body);
    if (!plain) return { dropped: 'not-authentic', sender };
    if (!window.accept(counter)) return { dropped: 'replayed', sender };
    return { frame: parts.join(plain) };
  }

  private windowOf(cipher: FrameCipher, source: SourceName): ReplayWindow {
    const ofKey = this.windows.get(cipher) ?? new Map<SourceName, ReplayWindow>();
    this.windows.set(cipher, ofKey);
    const window = ofKey.get(source) ?? new ReplayWindow();
    ofKey.set(source, window);
    return window;
  }
}

function take(frame: Bytes, format: FrameFormat): Taken | null {
  const parts = format.ofSealed(frame, (body) => {
    const header = decodeHeader(body);
    return header && header.length + meetingSuite.tag;
  });
  const header = parts && decodeHeader(parts.body);
  if (!parts || !header || header.counter > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return parts.body.length < header.length + meetingSuite.tag ? null : { parts, header };
}
