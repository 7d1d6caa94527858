import { describe, expect, it } from 'vitest';
import type { NewMeeting } from '../../src/http/api';
import { makeMeeting } from '../../src/http/makeMeeting';
import { homeDoor, homeId, homeOf, planHome, type HomePlace } from '../../src/route/home';
import { meetingLink, parseFragment } from '../../src/route/link';
import type { RegionDirectory } from '../../src/route/regions';
import { directory } from '../fakes/fakeTrust';

const fra = 'https://fra.example.org';
const operatorKey = 'ZYqp_oXpDIVS6hr5P2zOo5fICYua9kv-Et011lZEc_Q';
const place: HomePlace = { here: fra };

describe('a link', () => {
  it('carries the operator key in its fragment', () => {
    const link = meetingLink(fra, 'eu-fra-abc', operatorKey);
    expect(link).toBe(`${fra}/m/eu-fra-abc#k=${operatorKey}`);
    expect(parseFragment(new URL(link).hash)).toEqual({ operatorKey });
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
  it('is what stands before the last hyphen of its id, whatever else is a region', () => {
    expect([homeId('eu-fra-2-x7k'), homeId('x7k'), homeId('-x7k')]).toEqual(['eu-fra-2', '', '']);
    expect(homeOf(directory, 'eu-fra-2-x7k')).toBeNull();
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
    expect(homeDoor(directory, 'us-nyc-x', 'https://proxy.example.org')).toBeNull();
  });
});

describe('where to make a meeting', () => {
  it('is here, where the fence allows this region', () => {
    expect(planHome(directory, { geofence: { deny: ['country:US'] } }, place)).toEqual({ kind: 'here' });
    expect(planHome(directory, { homeRegion: 'eu-fra' }, place)).toEqual({ kind: 'here' });
  });

  it('is the wished region\'s front door', () => {
    expect(planHome(directory, { geofence: { allow: ['group:EEA'] }, homeRegion: 'eu-par' }, place)).toEqual({ kind: 'elsewhere', region: 'eu-par', door: 'https://par.example.org' });
  });

  it('is the nearest allowed region where the fence leaves this one out', () => {
    const fence = { geofence: { deny: ['country:DE'] } };
    expect(planHome(directory, fence, { ...place, roundTrips: { 'us-nyc': 20, 'eu-par': 30 } })).toMatchObject({ kind: 'elsewhere', region: 'us-nyc' });
    const places = { 'eu-fra': { latitude: 50, longitude: 8 }, 'eu-par': { latitude: 49, longitude: 2 }, 'us-nyc': { latitude: 41, longitude: -74 } };
    const placed: RegionDirectory = { ...directory, regions: directory.regions.map((one) => ({ ...one, ...(places[one.id as 'eu-fra'] as object | undefined) })) };
    expect(planHome(placed, fence, place)).toMatchObject({ kind: 'elsewhere', region: 'eu-par' });
  });

  it('is no region that serves only some countries while there is another', () => {
    const narrow: RegionDirectory = { ...directory, regions: directory.regions.map((one) => (one.id === 'us-nyc' ? { ...one, servesOnly: ['US'] } : one)) };
    const roundTrips = { 'us-nyc': 20, 'eu-par': 30 };
    expect(planHome(narrow, { geofence: { deny: ['country:DE'] } }, { ...place, roundTrips })).toMatchObject({ kind: 'elsewhere', region: 'eu-par' });
    expect(planHome(narrow, { geofence: { allow: ['country:US'] } }, { ...place, roundTrips })).toMatchObject({ kind: 'elsewhere', region: 'us-nyc' });
  });

  it('is nowhere when nothing is allowed, and the reason is there', () => {
    expect(planHome(directory, { geofence: { allow: ['country:JP'] } }, place)).toMatchObject({ kind: 'nowhere', verdicts: [{ region: 'eu-fra', allowed: false }, {}, {}, {}] });
    expect(planHome(directory, { homeRegion: 'us-nyc' }, { ...place, platform: { deny: ['country:US'] } })).toMatchObject({ kind: 'nowhere' });
    expect(planHome(directory, { homeRegion: 'mars-1' }, place)).toMatchObject({ kind: 'nowhere' });
  });

  it('is the node\'s to decide where the directory does not know this front door', () => {
    const plain: RegionDirectory = { ...directory, nodes: [] };
    expect(planHome(plain, {}, place)).toEqual({ kind: 'here' });
    expect(planHome(plain, { geofence: { allow: ['country:JP'] } }, place)).toMatchObject({ kind: 'nowhere' });
  });
});

describe('making a meeting', () => {
  const made = { id: 'x', url: 'u', hostKey: 'h' };
  const calls: [string, NewMeeting][] = [];
  const apiAt = (door: string) => ({ createMeeting: (wish: NewMeeting = {}) => { calls.push([door, wish]); return Promise.resolve(made); } });

  it('asks only a node inside its fence', async () => {
    calls.length = 0;
    expect(await makeMeeting({ geofence: { allow: ['country:FR'] } }, directory, place, apiAt)).toBe(made);
    await makeMeeting({ title: 'Heron' }, directory, place, apiAt);
    await makeMeeting({ geofence: { allow: ['country:FR'] } }, null, place, apiAt);
    expect(calls).toEqual([
      ['https://par.example.org', { geofence: { allow: ['country:FR'] }, homeRegion: 'eu-par' }], ['', { title: 'Heron' }], ['', { geofence: { allow: ['country:FR'] } }],
    ]);
  });

  it('asks nobody where nobody is allowed', async () => {
    calls.length = 0;
    await expect(makeMeeting({ geofence: { allow: ['country:JP'] } }, directory, place, apiAt)).rejects.toMatchObject({ problem: { code: 'no-region-allowed' } });
    expect(calls).toEqual([]);
  });
});
