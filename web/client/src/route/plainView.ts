import type { RouteView } from '../signalling/routeMessages';
import { plainFence } from './geofence';

/** A route as it came over the wire, where what is missing may be null. */
export function plainView(view: RouteView): RouteView {
  const { platform, regions } = view.fence;
  return {
    ...view,
    fence: { ...plainFence(view.fence), ...(platform ? { platform: plainFence(platform) } : {}), regions },
    participants: view.participants.map(({ id, node, region, country }) => ({ id, node, region, ...(country ? { country } : {}) })),
  };
}
