import { describe, expect, it } from 'vitest';
import { homeDoor, homeOf, planCreation, type CreationPlace } from '../../src/route/home';
import { meetingLink, parseFragment } from '../../src/route/link';
import type { RegionDirectory } from '../../src/route/regions';
import { directory } from '../fakes/fakeTrust';

const fra = 'https://fra.example.org';
const operatorKey = 'ZYqp_oXpDIVS6hr5P2zOo5fICYua9kv-Et011lZEc_Q';
const place: CreationPlace = { here: fra, operatorKey };

describe('a link', () => {
  it('carries the operator key in its fragment', () => {
    const link = meetingLink(fra, 'eu-fra-abc', operatorKey);
    expect(link).toBe(`${fra}/m/eu-fra-abc#k=${operatorKey}`);
    expect(parseFragment(new URL(link).hash)).toEqual({ operatorKey, create: null });
    expect(meetingLink(fra, 'a b', null)).toBe(`${fra}/m/a%20b`);
  });

  it('with a damaged key is not one without a key', () => {
    expect(parseFragment('#k=').operatorKey).toBe('');
    expect(parseFragment('#k=x').operatorKey).toBe('x');
    expect(parseFragment('').operatorKey).toBeNull();
    expect(parseFragment('#top').operatorKey).toBeNull();
  });
});

describe('a meeting\'s home', () => {
  it('is the first part of its id, the longest that is a region', () => {
    expect(homeOf(directory, 'eu-fra-x7k')?.id).toBe('eu-fra');
    const nested: RegionDirectory = { ...directory, regions: [...directory.regions, { id: 'eu', name: 'eu' }, { id: 'eu-fra-2', name: '2' }] };
    expect(homeOf(nested, 'eu-fra-2-x7k')?.id).toBe('eu-fra-2');
    expect(homeOf(nested, 'eu-x7k')?.id).toBe('eu');
    expect(homeOf(directory, 'eu-frankfurt')).toBeNull();
  });

  it('has a front door, unless this is it', () => {
    expect(homeDoor(directory, 'us-nyc-x', fra)).toBe('https://nyc.example.org');
    expect(homeDoor(directory, 'eu-fra-x', fra)).toBeNull();
    expect(homeDoor(directory, 'nowhere-x', fra)).toBeNull();
  });
});

describe('where to make a meeting', () => {
  it('is here, where the fence allows this region', () => {
    expect(planCreation(directory, { geofence: { deny: ['country:US'] } }, place)).toEqual({ kind: 'here', homeRegion: null });
    expect(planCreation(directory, { homeRegion: 'eu-fra' }, place)).toEqual({ kind: 'here', homeRegion: 'eu-fra' });
  });

  it('is the wished region\'s front door, with everything in the fragment', () => {
    const wish = { title: 'Ünï', geofence: { allow: ['group:EEA'] }, homeRegion: 'eu-par' };
    const plan = planCreation(directory, wish, place);
    expect(plan).toMatchObject({ kind: 'elsewhere', region: 'eu-par' });
    const url = new URL(plan.kind === 'elsewhere' ? plan.url : '');
    expect([url.origin, url.pathname, url.search]).toEqual(['https://par.example.org', '/', '']);
    expect(parseFragment(url.hash)).toEqual({ operatorKey, create: wish });
  });

  it('is the nearest allowed region where the fence leaves this one out', () => {
    const fence = { geofence: { deny: ['country:DE'] } };
    expect(planCreation(directory, fence, { ...place, roundTrips: { 'us-nyc': 20, 'eu-par': 30 } })).toMatchObject({ kind: 'elsewhere', region: 'us-nyc' });
    const placed: RegionDirectory = {
      ...directory, regions: directory.regions.map((one) => ({ ...one, ...({ 'eu-fra': { latitude: 50, longitude: 8 }, 'eu-par': { latitude: 49, longitude: 2 }, 'us-nyc': { latitude: 41, longitude: -74 } }[one.id] ?? {}) })),
    };
    expect(planCreation(placed, fence, place)).toMatchObject({ kind: 'elsewhere', region: 'eu-par' });
  });

  it('is nowhere when nothing is allowed, and the reason is there', () => {
    const plan = planCreation(directory, { geofence: { allow: ['country:JP'] } }, place);
    expect(plan).toMatchObject({ kind: 'nowhere', verdicts: [{ region: 'eu-fra', allowed: false }, {}, {}, {}] });
    expect(planCreation(directory, { homeRegion: 'us-nyc' }, { ...place, platform: { deny: ['country:US'] } })).toMatchObject({ kind: 'nowhere' });
  });

  it('is the node\'s to decide where the directory tells no front doors', () => {
    const plain: RegionDirectory = { ...directory, nodes: [] };
    expect(planCreation(plain, {}, place)).toEqual({ kind: 'here', homeRegion: null });
    expect(planCreation(plain, { geofence: { allow: ['country:JP'] } }, place)).toMatchObject({ kind: 'nowhere' });
  });
});

describe('a wish in a fragment', () => {
  const read = (value: unknown): unknown => parseFragment(`#new=${btoa(JSON.stringify(value)).replaceAll('=', '')}`).create;

  it('is read as far as it makes sense', () => {
    expect(read({ title: 5, homeRegion: 'eu-fra', extra: 1 })).toEqual({ homeRegion: 'eu-fra' });
    expect(read([])).toBeNull();
    expect(parseFragment('#new=!').create).toBeNull();
    expect(parseFragment('#new=').create).toBeNull();
  });

  it('never loses a rule that cannot be read', () => {
    expect(read({ geofence: { deny: 'country:US' } })).toEqual({ geofence: { allow: [] } });
  });
});
