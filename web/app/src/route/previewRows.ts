import type { Geofence, Region } from '@parley/client';
import { milliseconds, t } from '../i18n/i18n';
import { placeName } from '../lib/places';
import type { Atlas } from './selectors';
import { ruleOf, type PlainVerdict } from './verdicts';

/** One region in the list beside a map: the same facts in words. */
export interface RegionRow {
  readonly id: string;
  readonly state: 'used' | 'allowed' | 'out';
  readonly place: string;
  readonly note: string;
  /** The round trip that this browser measured, in words. */
  readonly roundTrip: string;
}

export interface RowSources {
  readonly atlas: Atlas;
  readonly verdicts: readonly PlainVerdict[];
  /** Where the person connects or would connect. */
  readonly own: string | null;
  /** Regions that carry the meeting. */
  readonly used: ReadonlySet<string>;
  readonly fence: Geofence;
  readonly roundTrips: Readonly<Record<string, number>>;
}

/** Every region of the directory: first those in use, then the allowed ones, nearest first, then those that are out, each with its reason. */
export function regionRows({ atlas, verdicts, own, used, fence, roundTrips }: RowSources): RegionRow[] {
  const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
  const rows = atlas.regions.map((region): RegionRow & { order: number } => {
    const verdict = byId.get(region.id);
    const base = { id: region.id, place: placeName(region) };
    if (!verdict?.allowed) {
      const note = verdict ? ruleOf(verdict, fence, atlas) : t('ruleUnknownRegion');
      return { ...base, state: 'out', note, roundTrip: '', order: Infinity };
    }
    const time = roundTrips[region.id];
    const state = region.id === own || used.has(region.id) ? 'used' : 'allowed';
    return {
      ...base,
      state,
      note: [noteOf(region, own, used), ...limits(region, atlas)].join('. '),
      roundTrip: time === undefined ? '' : milliseconds(time),
      order: (region.id === own ? 0 : state === 'used' ? 1 : 2) * 1e6 + (time ?? 1e5),
    };
  });
  return rows.sort((a, b) => (a.order === b.order ? a.place.localeCompare(b.place) : a.order - b.order));
}

function noteOf(region: Region, own: string | null, used: ReadonlySet<string>): string {
  if (region.id === own) return t('regionYours');
  return t(used.has(region.id) ? 'regionUsed' : 'regionIdle');
}

function limits(region: Region, atlas: Atlas): string[] {
  return region.servesOnly ? [ruleOf({ rule: `servesOnly ${region.servesOnly.join(' ')}`, scope: 'platform' }, {}, atlas)] : [];
}
