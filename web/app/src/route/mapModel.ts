import type { Point, Spot } from './projection';

/** A region as the map draws it. */
export interface MapRegion {
  readonly id: string;
  readonly label: string;
  readonly spot: Spot;
  /** Carries the meeting now; may carry it; must not. */
  readonly state: 'used' | 'allowed' | 'out';
}

/** A path that the meeting takes. */
export interface MapLeg {
  readonly from: Spot;
  readonly to: Spot;
  /** The delay in words; empty where it is not known. */
  readonly label: string;
  /** Traffic, 0 to 1: how wide it is drawn. */
  readonly weight: number;
  /** Between a person's country and a node, where the map cannot know the way. */
  readonly isAccess?: boolean;
}

/** The person who looks, known no closer than the country. */
export interface MapYou {
  readonly country: string;
  readonly label: string;
  /** Where they connect. */
  readonly node: Spot | null;
  readonly delay: string;
}

export interface MapFacts {
  readonly regions: readonly MapRegion[];
  readonly legs: readonly MapLeg[];
  readonly you: MapYou | null;
  /** What the view is drawn around: every region, or only those that carry the meeting. */
  readonly fit: 'all' | 'used';
}

/** Drawn last lies on top: what carries the meeting. */
export function inDrawingOrder(regions: readonly MapRegion[]): MapRegion[] {
  const rank = { out: 0, allowed: 1, used: 2 } as const;
  return [...regions].sort((a, b) => rank[a.state] - rank[b.state]);
}

/** Pixels: a thin line for little traffic, a band for much. */
export function legWidth(weight: number): number {
  return 1.75 + 3.25 * Math.min(1, Math.max(0, weight));
}

export const samePoint = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) < 1;
