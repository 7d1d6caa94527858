import { fromBase64Url, toBase64Url } from './base64url';
import { evaluate, isOpen, verdictFor, type Geofence, type Verdict } from './geofence';
import { frontDoors } from './probe';
import type { Region, RegionDirectory } from './regions';
import { isFields, isTextList } from './shape';

/** A meeting to be made at another front door; it stands in the fragment of a link there, which no server sees. */
export interface CreationWish {
  readonly title?: string;
  readonly geofence?: Geofence;
  readonly homeRegion?: string;
}

/** Where a new meeting is to be made. */
export type CreationPlan =
  | { readonly kind: 'here'; readonly homeRegion: string | null }
  /** At another front door: the page goes to `url`, whose start page makes the meeting. */
  | { readonly kind: 'elsewhere'; readonly region: string; readonly url: string }
  | { readonly kind: 'nowhere'; readonly verdicts: readonly Verdict[] };

export interface CreationPlace {
  /** The origin of this page. */
  readonly here: string;
  readonly operatorKey: string | null;
  /** Milliseconds by region, where measured. */
  readonly roundTrips?: Readonly<Record<string, number>>;
  /** The operator's fence, where known. */
  readonly platform?: Geofence | null;
}

/** The home region of a meeting: the first part of its id; null when the directory has no such region. */
export function homeOf(directory: RegionDirectory, meeting: string): Region | null {
  const fitting = directory.regions.filter(({ id }) => meeting.startsWith(`${id}-`));
  return fitting.sort((a, b) => b.id.length - a.id.length)[0] ?? null;
}

/** The front door of a meeting's home, when it is another than `here`. */
export function homeDoor(directory: RegionDirectory, meeting: string, here: string = location.origin): string | null {
  const home = homeOf(directory, meeting);
  const doors = home ? frontDoors(directory, home.id) : [];
  return doors.includes(here) ? null : (doors[0] ?? null);
}

/**
 * Chooses the home before anything is asked for, so that a node outside the fence is never told of the meeting: the wished region, else this front door's own
 * where the fence allows it, else the nearest allowed one.
 */
export function planCreation(directory: RegionDirectory, wish: CreationWish, place: CreationPlace): CreationPlan {
  const fences = [{ scope: 'meeting' as const, fence: wish.geofence ?? {} }];
  const verdicts = evaluate(directory, place.platform ? [...fences, { scope: 'platform' as const, fence: place.platform }] : fences, []);
  const own = directory.regions.find(({ id }) => frontDoors(directory, id).includes(place.here));
  // A directory that tells no front doors has one node, or lets the node decide.
  if (!own) return verdicts.some(({ allowed }) => allowed) ? { kind: 'here', homeRegion: wish.homeRegion ?? null } : { kind: 'nowhere', verdicts };
  const region = chooseHome(directory, verdicts, wish.homeRegion ?? null, own, place.roundTrips ?? {});
  if (region === null) return { kind: 'nowhere', verdicts };
  const [door] = frontDoors(directory, region);
  if (region === own.id || door === undefined) return { kind: 'here', homeRegion: wish.homeRegion ?? null };
  return { kind: 'elsewhere', region, url: creationLink(door, { ...wish, homeRegion: region }, place.operatorKey) };
}

/** The link to another front door's start page that makes the meeting there. */
export function creationLink(door: string, { title, geofence, homeRegion }: CreationWish, operatorKey: string | null): string {
  const wish = { ...(title ? { title } : {}), ...(geofence && !isOpen(geofence) ? { geofence } : {}), ...(homeRegion ? { homeRegion } : {}) };
  const fields = new URLSearchParams({ new: toBase64Url(new TextEncoder().encode(JSON.stringify(wish))), ...(operatorKey === null ? {} : { k: operatorKey }) });
  return `${door}/#${fields.toString()}`;
}

/** Reads what {@link creationLink} writes; null when it is nothing of the kind. */
export function readCreation(text: string): CreationWish | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(text) ?? new Uint8Array()));
    if (!isFields(value)) return null;
    const { title, geofence, homeRegion } = value;
    return {
      ...(typeof title === 'string' ? { title } : {}),
      ...(isFields(geofence) ? { geofence: { ...list('allow', geofence['allow']), ...list('deny', geofence['deny']) } } : {}),
      ...(typeof homeRegion === 'string' ? { homeRegion } : {}),
    };
  } catch {
    return null;
  }
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
  return [...candidates].sort((a, b) => cost(a) - cost(b))[0]?.id ?? null;
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

/** What is no list of texts is kept as an empty list, which is refused: a rule that cannot be read must not vanish. */
function list(key: 'allow' | 'deny', value: unknown): Geofence {
  if (value === undefined || value === null) return {};
  return isTextList(value) ? { [key]: value } : { allow: [] };
}
