import { unknownCountry } from './countries';
import type { CountryGroup, Region } from './regions';
import { parseSelector, selectorText, type Selector } from './selector';

/** Whose geofence it is, widest first. The effective geofence is the intersection over all scopes. */
export const scopes = ['platform', 'organisation', 'group', 'user', 'meeting', 'participant'] as const;
export type Scope = (typeof scopes)[number];

/** What one scope allows. A region is inside when a selector of `allow` selects it (or there is no such list) and none of `deny` does. */
export interface Geofence {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

export interface ScopedGeofence {
  readonly scope: Scope;
  readonly fence: Geofence;
}

/** The rule that decides about a region, as data: the words are the interface's. */
export type DecidingRule =
  | { readonly kind: 'default' }
  | { readonly kind: 'allow'; readonly selectors: readonly string[] }
  /** `doubt`: where the region belongs is not stated, which counts as denied. `unreadable`: the selector is none, which denies everything. */
  | { readonly kind: 'deny'; readonly selector: string; readonly doubt: boolean; readonly unreadable: boolean }
  /** `outsider`: the country of someone who is elsewhere, `ZZ` when it is not known; empty when not told. */
  | { readonly kind: 'servesOnly'; readonly countries: readonly string[]; readonly outsider: string }
  | { readonly kind: 'unknown-region' }
  /** Said by a node of a later version. */
  | { readonly kind: 'other'; readonly text: string };

/** What the effective geofence says of one region. */
export interface Verdict {
  readonly region: string;
  readonly allowed: boolean;
  readonly rule: DecidingRule;
  readonly scope: Scope;
}

/** What a fence is evaluated against: the regions, and what groups mean. */
export interface FenceGround {
  readonly regions: readonly Region[];
  readonly groups: readonly CountryGroup[];
}

/** A fence as it came over the wire, where a missing list may be null; so may a whole fence that says nothing. */
export function plainFence(fence: { readonly allow?: readonly string[] | null; readonly deny?: readonly string[] | null } | null | undefined): Geofence {
  const { allow, deny } = fence ?? {};
  return { ...(allow ? { allow } : {}), ...(deny ? { deny } : {}) };
}

type Match = 'yes' | 'no' | 'unknown';

/**
 * The verdict on every region, by the rules of the node (same vectors). Whatever cannot be told counts as outside: a region whose country is
 * not stated under a rule about countries, a rule that does not read, a group that the directory does not know.
 * `countries`: of everyone in the meeting, `ZZ` for who cannot be placed.
 */
export function evaluate(ground: FenceGround, fences: readonly ScopedGeofence[], countries: readonly string[]): readonly Verdict[] {
  const ordered = [...fences].sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
  return ground.regions.map((region) => verdictOn(region, ground, ordered, countries));
}

/** The verdict on one region; one that is not listed may carry nothing. */
export function verdictFor(verdicts: readonly Verdict[], region: string): Verdict {
  return verdicts.find((verdict) => verdict.region === region) ?? { region, allowed: false, rule: { kind: 'unknown-region' }, scope: 'platform' };
}

export function isOpen(fence: Geofence): boolean {
  return !fence.allow && (fence.deny ?? []).length === 0;
}

function verdictOn(region: Region, ground: FenceGround, fences: readonly ScopedGeofence[], countries: readonly string[]): Verdict {
  const { servesOnly } = region;
  const outsider = servesOnly ? countries.find((country) => !servesOnly.includes(country)) : undefined;
  if (servesOnly && outsider !== undefined) {
    return { region: region.id, allowed: false, rule: { kind: 'servesOnly', countries: servesOnly, outsider }, scope: 'platform' };
  }
  for (const { scope, fence } of fences) {
    const rule = refusal(region, ground, fence);
    if (rule) return { region: region.id, allowed: false, rule, scope };
  }
  const narrowest = fences.findLast(({ fence }) => fence.allow);
  return narrowest?.fence.allow
    ? { region: region.id, allowed: true, rule: { kind: 'allow', selectors: narrowest.fence.allow }, scope: narrowest.scope }
    : { region: region.id, allowed: true, rule: { kind: 'default' }, scope: 'platform' };
}

function refusal(region: Region, ground: FenceGround, { allow, deny }: Geofence): DecidingRule | null {
  for (const text of deny ?? []) {
    const selector = parseSelector(text);
    if (!selector) return { kind: 'deny', selector: text, doubt: false, unreadable: true };
    const match = matches(selector, region, ground);
    if (match !== 'no') return { kind: 'deny', selector: selectorText(selector), doubt: match === 'unknown', unreadable: false };
  }
  if (!allow) return null;
  const inside = allow.some((text) => {
    const selector = parseSelector(text);
    return selector !== null && matches(selector, region, ground) === 'yes';
  });
  return inside ? null : { kind: 'allow', selectors: allow };
}

function matches({ kind, value }: Selector, region: Region, { groups }: FenceGround): Match {
  if (kind === 'region') return region.id === value ? 'yes' : 'no';
  const place = (kind === 'operator' ? region.operatorCountry : region.country) ?? unknownCountry;
  const wanted = kind === 'group' ? groups.find(({ id }) => id === value)?.countries : [value];
  if (!wanted || place === unknownCountry) return 'unknown';
  return wanted.includes(place) ? 'yes' : 'no';
}
