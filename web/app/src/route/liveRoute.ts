import type { Participant, Region, RouteState, Trust } from '@parley/client';
import { countryName, delayText, listOf, milliseconds, plural, t } from '../i18n/i18n';
import { cityName, coordinates, countriesOf, placeName } from '../lib/places';
import type { MapFacts, MapLeg } from './mapModel';
import type { Atlas } from './selectors';

/** One way that sound and pictures take, as the table beside the map lists it. */
export interface LegRow {
  readonly id: string;
  readonly kind: 'own' | 'link' | 'people';
  readonly text: string;
  readonly delay: string;
  readonly trust: Trust;
  /** The nodes at its ends. */
  readonly nodes: readonly string[];
}

export interface LiveSources {
  readonly route: RouteState;
  readonly atlas: Atlas;
  readonly self: string | null;
  readonly participants: readonly Participant[];
}

/** More names than this in one row are counted. */
const namesShown = 3;

/** The regions that carry the meeting, the own one first. */
export function regionsInUse({ route, atlas }: Pick<LiveSources, 'route' | 'atlas'>): Region[] {
  const ids = [...new Set([route.own?.region, ...route.regions.map(({ id }) => id)])];
  return ids.flatMap((id) => atlas.regions.find((region) => region.id === id) ?? []);
}

/** Own way, links between nodes, then the people at each node. */
export function legRows({ route, atlas, self, participants }: LiveSources): LegRow[] {
  const regionOf = new Map(route.nodes.map(({ id, region }) => [id, region]));
  const place = (node: string): string => {
    const region = atlas.regions.find(({ id }) => id === (route.own?.node === node ? route.own.region : regionOf.get(node)));
    return region ? cityName(region) : (regionOf.get(node) ?? node);
  };
  const nodes = new Map(route.nodes.map((node) => [node.id, node]));
  const rows: LegRow[] = [];
  if (route.own) {
    const { node, region } = route.own;
    rows.push({ id: 'own', kind: 'own', text: t(route.own.tunnel ? 'legOwnTunnel' : 'legOwn', { place: place(node) }), delay: ownDelay(route, region), trust: 'verified', nodes: [node] });
  }
  for (const { a, b, ms, computed, trust } of route.legs) {
    rows.push({
      id: `${a} ${b}`, kind: 'link', text: t('legBetween', { a: place(a), b: place(b) }),
      delay: ms === null ? '' : delayText(ms, computed), trust, nodes: [a, b],
    });
  }
  for (const [node, people] of peopleByNode(route, self, participants)) {
    const names = people.length <= namesShown ? listOf(people) : plural('legMore', people.length - namesShown, { names: people.slice(0, namesShown).join(', ') });
    const attested = nodes.get(node)?.trust === 'said' ? 'said' : 'attested';
    rows.push({ id: `people ${node}`, kind: 'people', text: t('legPeople', { place: place(node), people: names }), delay: '', trust: attested, nodes: [node] });
  }
  return rows;
}

function peopleByNode(route: RouteState, self: string | null, participants: readonly Participant[]): Map<string, string[]> {
  const names = new Map(participants.map(({ id, name }) => [id, name]));
  const byNode = new Map<string, string[]>();
  for (const { id, node } of route.people) {
    const name = names.get(id);
    if (node === null || name === undefined || id === self) continue;
    byNode.set(node, [...(byNode.get(node) ?? []), name]);
  }
  return byNode;
}

/** Half the round trip that this browser measured. */
function ownDelay(route: RouteState, region: string): string {
  const roundTrip = route.probes?.roundTrips[region];
  return roundTrip === undefined ? '' : milliseconds(roundTrip / 2);
}

/** The live map: what carries the meeting, what might, what must not. */
export function liveMap({ route, atlas, self, participants }: LiveSources, place: string): MapFacts {
  const used = new Set(regionsInUse({ route, atlas }).map(({ id }) => id));
  const out = new Set([...route.verdicts, ...route.saidVerdicts].filter(({ allowed }) => !allowed).map(({ region }) => region));
  const regions = atlas.regions.flatMap((region) => {
    const spot = coordinates(region);
    if (!spot) return [];
    const state = used.has(region.id) ? ('used' as const) : out.has(region.id) ? ('out' as const) : ('allowed' as const);
    return [{ id: region.id, label: cityName(region), spot, state }];
  });
  const spotOfNode = (node: string) => {
    const region = route.nodes.find(({ id }) => id === node)?.region;
    return regions.find(({ id }) => id === region)?.spot ?? null;
  };
  const people = peopleByNode(route, null, participants);
  const everyone = Math.max(1, participants.length);
  const legs = route.legs.flatMap(({ a, b, ms, computed }): MapLeg[] => {
    const [from, to] = [spotOfNode(a), spotOfNode(b)];
    const joined = (people.get(a)?.length ?? 0) + (people.get(b)?.length ?? 0);
    return from && to ? [{ from, to, label: ms === null ? '' : delayText(ms, computed), weight: joined / everyone }] : [];
  });
  const own = regions.find(({ id }) => id === route.own?.region)?.spot ?? null;
  const you = self !== null && own && /^[A-Z]{2}$/.test(place) && place !== 'ZZ'
    ? { country: place, label: t('mapYou'), node: own, delay: '' }
    : null;
  return { regions, legs, you, fit: 'used' };
}

export interface Badge {
  readonly state: 'checking' | 'verified' | 'told' | 'failed';
  readonly countries: readonly string[];
  readonly text: string;
  /** The same in whole words. */
  readonly label: string;
}

/** The badge of the top bar. Green (`verified`) only while this browser's checks bear out every node that carries the meeting. */
export function badgeOf({ route, atlas }: Pick<LiveSources, 'route' | 'atlas'>): Badge {
  const inUse = regionsInUse({ route, atlas });
  const countries = countriesOf(inUse);
  if (route.state === 'failed') return { state: 'failed', countries, text: t('badgeFailed'), label: t('failedTitle') };
  if (route.state === 'checking') return { state: 'checking', countries, text: t('badgeChecking'), label: t('badgeCheckingLabel') };
  const { worst = null, computed = true } = route.view?.delays ?? {};
  const delay = worst === null ? '' : delayText(worst, computed);
  const isVerified = route.nodes.every(({ trust }) => trust !== 'said');
  const tunnel = route.own?.tunnel ? t('badgeTunnel') : '';
  const where = countries.length > 0 ? countries : inUse.map(placeName);
  return {
    state: isVerified ? 'verified' : 'told',
    countries,
    text: [...where, delay, tunnel].filter(Boolean).join(' · '),
    label: t(isVerified ? 'badgeVerifiedLabel' : 'badgeToldLabel', {
      countries: listOf(countries.length > 0 ? countries.map(countryName) : where),
      delay: [worst !== null && t(computed ? 'badgeDelayComputed' : 'badgeDelay', { delay: milliseconds(worst) }), tunnel].filter(Boolean).join(', '),
    }).trim(),
  };
}
