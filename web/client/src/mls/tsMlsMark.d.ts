/** Added by the corrections (client/build/tsMlsCorrections.ts); a bundle without them has no such export. */
import 'ts-mls/clientState.js';

declare module 'ts-mls/clientState.js' {
  export const parleyCorrection: string;
}
