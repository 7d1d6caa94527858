import { findRegion } from './directory';
import { evaluate, verdictFor, type Geofence, type Verdict } from './geofence';
import { frontDoors } from './probe';
import type { Region, RegionDirectory } from './regions';

/** What decides where a new meeting lives. */
export interface HomeWish {
  readonly geofence?: Geofence;
  readonly homeRegion?: string;
}

/** Where a new meeting is to be made. */
export type HomePlan =
  | { readonly kind: 'here' }
  /** At another front door. */
  | { readonly kind: 'elsewhere'; readonly region: string; readonly door: string }
  | { readonly kind: 'nowhere'; readonly verdicts: readonly Verdict[] };

export interface HomePlace {
  /** The origin of this page. */
  readonly here: string;
  /** Milliseconds by region, where measured. */
  readonly roundTrips?: Readonly<Record<string, number>>;
  /** The operator's fence, where known. */
  readonly platform?: Geofence | null;
}

/** The id of a meeting's home region: what stands before the last hyphen of the meeting's id. Empty when that names none. */
export function homeId(meeting: string): string {
  return meeting.slice(0, Math.max(0, meeting.lastIndexOf('-')));
}

/** The home region of a meeting; null when the directory has no such region. */
export function homeOf(directory: RegionDirectory, meeting: string): Region | null {
  return findRegion(directory, homeId(meeting));
}

/** The front door of a meeting's home, when it is another than `here`. */
export function homeDoor(directory: RegionDirectory, meeting: string, here: string = location.origin): string | null {
  const home = homeOf(directory, meeting);
  const doors = home ? frontDoors(directory, home.id) : [];
  // An origin that the directory does not name is an operator's proxy or a test: it may lead anywhere.
  return !regionOf(directory, here) || doors.includes(here) ? null : (doors[0] ?? null);
}

/**
 * Chooses the home before anything is asked for, so that a node outside the fence is never told of the meeting: the wished region, else this front door's own
 * where the fence allows it, else the nearest allowed one.
 */
export function planHome(directory: RegionDirectory, wish: HomeWish, place: HomePlace): HomePlan {
  const fences = [{ scope: 'meeting' as const, fence: wish.geofence ?? {} }, { scope: 'platform' as const, fence: place.platform ?? {} }];
  const verdicts = evaluate(directory, fences, []);
  const own = regionOf(directory, place.here);
  if (!own) return verdicts.some(({ allowed }) => allowed) ? { kind: 'here' } : { kind: 'nowhere', verdicts };
  const region = chooseHome(directory, verdicts, wish.homeRegion ?? null, own, place.roundTrips ?? {});
  const door = region === null ? undefined : frontDoors(directory, region)[0];
  if (region === null || door === undefined) return { kind: 'nowhere', verdicts };
  return region === own.id ? { kind: 'here' } : { kind: 'elsewhere', region, door };
}

/** The region whose front door this origin is. */
function regionOf(directory: RegionDirectory, origin: string): Region | null {
  return directory.regions.find(({ id }) => frontDoors(directory, id).includes(origin)) ?? null;
}

function chooseHome(
  directory: RegionDirectory,
  verdicts: readonly Verdict[],
  wished: string | null,
  own: Region,
  roundTrips: Readonly<Record<string, number>>,
): string | null {
  const candidates = directory.regions.filter(({ id }) => verdictFor(verdicts, id).allowed && frontDoors(directory, id).length > 0);
  if (wished !== null) return candidates.find(({ id }) => id === wished)?.id ?? null;
  if (candidates.includes(own)) return own.id;
  const cost = (region: Region): number => roundTrips[region.id] ?? 1e6 + distanceKm(own, region);
  // One that serves only some countries would shut the others out, its own host perhaps.
  const servesAll = (region: Region): boolean => (region.servesOnly ?? []).length === 0;
  return [...candidates].sort((a, b) => Number(servesAll(b)) - Number(servesAll(a)) || cost(a) - cost(b))[0]?.id ?? null;
}

const earthKm = 6371;

/** Along the great circle; far away where a place is not stated. */
function distanceKm(a: Region, b: Region): number {
  const radians = [a.latitude, a.longitude, b.latitude, b.longitude].map((degrees) => (typeof degrees === 'number' ? (degrees * Math.PI) / 180 : NaN));
  const [north1 = NaN, east1 = NaN, north2 = NaN, east2 = NaN] = radians;
  const cosine = Math.sin(north1) * Math.sin(north2) + Math.cos(north1) * Math.cos(north2) * Math.cos(east1 - east2);
  const km = earthKm * Math.acos(Math.min(1, Math.max(-1, cosine)));
  return Number.isNaN(km) ? 1e5 : km;
}
