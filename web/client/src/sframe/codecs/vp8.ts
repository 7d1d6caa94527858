import { clearStart } from './frameFormat';

/** Frame tag, start code and size of a key frame (RFC 6386 section 9.1): the server reads the size. */
const keyFrameStart = 10;
/** The byte of a delta frame that says that it is none. */
const deltaFrameStart = 1;

/** VP8: 10 bytes of a key frame in clear, 1 of any other. */
export const vp8 = clearStart(2, (frame) => {
  const [tag] = frame;
  if (tag === undefined) return null;
  const length = (tag & 1) === 0 ? keyFrameStart : deltaFrameStart;
  return frame.length < length ? null : length;
});
