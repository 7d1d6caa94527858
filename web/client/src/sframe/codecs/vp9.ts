import { clearStart } from './frameFormat';

/** VP9: nothing in clear, since all that a server needs stands in the payload descriptor of each packet. */
export const vp9 = clearStart(3, (frame) => (frame.length === 0 ? null : 0));
