import type { Geofence } from '@parley/client';

export type FenceList = 'allow' | 'deny';

export const openFence: Geofence = {};

/** With a selector on one list; it leaves the other, since a selector on both would contradict itself. */
export function withSelector(fence: Geofence, list: FenceList, selector: string): Geofence {
  const cleared = withoutSelector(fence, selector);
  return { ...cleared, [list]: [...(cleared[list] ?? []), selector] };
}

/** Without a selector on either list; a list that would be empty is left out, since an empty "allow" would allow nothing. */
export function withoutSelector(fence: Geofence, selector: string): Geofence {
  const kept = (list: readonly string[] | undefined): readonly string[] => (list ?? []).filter((one) => one !== selector);
  return fenceOf(kept(fence.allow), kept(fence.deny));
}

export function fenceOf(allow: readonly string[], deny: readonly string[]): Geofence {
  return { ...(allow.length > 0 ? { allow } : {}), ...(deny.length > 0 ? { deny } : {}) };
}

export function sameFence(a: Geofence, b: Geofence): boolean {
  const key = (fence: Geofence): string => JSON.stringify([[...(fence.allow ?? [])].sort(), [...(fence.deny ?? [])].sort()]);
  return key(a) === key(b);
}

const listLimit = 64;

/** Reads a fence from storage; what is none is open. */
export function readFence(text: string | null): Geofence {
  try {
    const value = JSON.parse(text ?? '{}') as { allow?: unknown; deny?: unknown } | null;
    const list = (from: unknown): string[] =>
      Array.isArray(from) ? from.filter((one) => typeof one === 'string').slice(0, listLimit) : [];
    return fenceOf(list(value?.allow), list(value?.deny));
  } catch {
    return openFence;
  }
}
