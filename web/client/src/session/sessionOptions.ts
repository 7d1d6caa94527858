import type { Api } from '../http/api';
import type { MediaEncryption } from '../e2ee/mediaEncryption';
import type { LocalMedia } from '../media/localMedia';
import type { PeerFactory } from '../peer/peer';
import type { Geofence } from '../route/geofence';
import type { Prober } from '../route/probe';
import type { RouteTrust } from '../route/trust';
import type { Signalling } from '../signalling/signalling';
import type { Sound } from '../slots/sound';

export interface SessionOptions {
  readonly meeting: string;
  readonly name: string;
  readonly media: LocalMedia;
  readonly connect: () => Signalling;
  readonly peers?: PeerFactory;
  /** Where the meeting is end-to-end encrypted: through it goes all media. */
  readonly encryption?: Pick<MediaEncryption, 'protect'>;
  readonly sound?: Sound;
  /** Holds the resume token, so that a reload keeps the place in the meeting. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** The page's; a session without one makes its own, so that nothing is ever unchecked. */
  readonly trust?: RouteTrust;
  readonly api?: Pick<Api, 'route'>;
  /** Whose round trips, as measured until the join, are told to the node. */
  readonly prober?: Prober;
  /** The own geofence for this meeting. */
  readonly fence?: Geofence;
  readonly hostKey?: string;
  /** A pretended country, where the operator allows that. */
  readonly place?: string;
}
