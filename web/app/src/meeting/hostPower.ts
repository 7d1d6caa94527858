import type { Api, Geofence, MeetingFacts, RoutePreview } from '@parley/client';

/** What the host key allows, bound to one meeting. */
export interface HostPower {
  /** What an edit would do; changes nothing. */
  preview(fence: Geofence): Promise<RoutePreview>;
  apply(fence: Geofence): Promise<MeetingFacts>;
  limit(tightenLimit: number): Promise<MeetingFacts>;
  facts(): Promise<MeetingFacts>;
}

export function hostPower(api: Api, meeting: string, key: string): HostPower {
  return {
    preview: (fence) => api.preview(meeting, { fence, edits: true }, key),
    apply: (fence) => api.change(meeting, { geofence: fence }, key),
    limit: (tightenLimit) => api.change(meeting, { tightenLimit }, key),
    facts: () => api.meeting(meeting),
  };
}
