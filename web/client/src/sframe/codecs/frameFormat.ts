import { concat, type Bytes } from '../bytes';

/** A frame taken apart. `Body` is what gets sealed, or what was sealed. */
export interface Parts {
  /** What stays in clear, in the form that packets leave unchanged: authenticated with the body. */
  readonly bound: Bytes;
  readonly body: Bytes;
  /** The frame with another body: the sealed one in place of the plain one, or the other way round. */
  join(body: Bytes): Bytes;
}

/** How a codec's frames are sealed so that packetizers, servers and depacketizers still understand them. */
export interface FrameFormat {
  /** Stands in what is authenticated: a frame of one codec never opens as one of another. */
  readonly id: number;
  /** Takes an encoder's frame apart; null when it is not one that can be sealed. */
  ofPlain(frame: Bytes): Parts | null;
  /** Takes a received frame apart; null when it is malformed. `growth`: by how much sealing lengthens a body. */
  ofSealed(frame: Bytes, growth: (body: Bytes) => number | null): Parts | null;
}

/** The format with so many bytes of a frame's start in clear, told by the frame; null when it is malformed. */
export function clearStart(id: number, clearBytes: (frame: Bytes) => number | null): FrameFormat {
  const take = (frame: Bytes): Parts | null => {
    const length = clearBytes(frame);
    if (length === null) return null;
    const bound = frame.slice(0, length);
    return { bound, body: frame.slice(length), join: (body) => concat(bound, body) };
  };
  return { id, ofPlain: take, ofSealed: take };
}
