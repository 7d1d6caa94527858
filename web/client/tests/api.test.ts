import { describe, expect, it, vi } from 'vitest';
import { Api } from '../src/http/api';
import { HostKeys } from '../src/http/hostKeys';
import { ProblemError, readProblem, UnreachableError } from '../src/signalling/problem';

interface Call { url: string; init: RequestInit }

function apiWith(answer: unknown, status = 200): { api: Api; calls: Call[] } {
  const calls: Call[] = [];
  const api = new Api('', (url, init = {}) => {
    calls.push({ url, init });
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
  return { api, calls };
}

describe('the API', () => {
  it('makes a meeting with a fence', async () => {
    const { api, calls } = apiWith({ id: 'eu-fra-1', url: 'u', hostKey: 'h' }, 201);
    await api.createMeeting({ title: 'Heron', geofence: { allow: ['group:EEA'] }, homeRegion: 'eu-fra' });
    expect(calls[0]).toMatchObject({ url: '/api/v1/meetings', init: { method: 'POST', redirect: 'follow' } });
    expect(JSON.parse(calls[0]?.init.body as string)).toEqual({ title: 'Heron', geofence: { allow: ['group:EEA'] }, homeRegion: 'eu-fra' });
  });

  it('previews as a newcomer, and as a host with the host key', async () => {
    const { api, calls } = apiWith({ outcome: 'admitted' });
    await api.preview('eu-fra-1', { fence: { deny: ['country:US'] }, roundTrips: { 'eu-fra': 5 } });
    await api.preview('eu-fra-1', { fence: {}, edits: true }, 'key');
    expect(calls.map(({ url }) => url)).toEqual(Array(2).fill('/api/v1/meetings/eu-fra-1/route/preview'));
    expect(calls.map(({ init }) => new Headers(init.headers).get('authorization'))).toEqual([null, 'Bearer key']);
  });

  it('edits with the host key', async () => {
    const { api, calls } = apiWith({ id: 'eu-fra-1', geofence: { allow: null, deny: null, platform: null, regions: [] } });
    expect((await api.change('eu-fra-1', { geofence: {}, tightenLimit: 50 }, 'key')).geofence).toEqual({ regions: [] });
    expect(calls[0]).toMatchObject({ url: '/api/v1/meetings/eu-fra-1', init: { method: 'PATCH', redirect: 'manual' } });
    expect(new Headers(calls[0]?.init.headers).get('authorization')).toBe('Bearer key');
  });

  it('reads routes and facts without their nulls', async () => {
    const said = {
      epoch: 1, fence: { allow: ['country:DE'], deny: null, platform: { allow: null, deny: ['operator:US'] }, regions: [] },
      participants: [{ id: 'p', node: null, region: null, country: null }],
    };
    const route = await apiWith(said).api.route('eu-fra-1');
    expect(route.fence).toEqual({ allow: ['country:DE'], platform: { deny: ['operator:US'] }, regions: [] });
    expect(route.participants).toEqual([{ id: 'p', node: null, region: null }]);
    expect((await apiWith({ id: 'x' }).api.meeting('x')).geofence).toBeUndefined();
  });

  it('does not follow to another front door by itself: the page goes there', async () => {
    const redirected = { type: 'opaqueredirect', ok: false, status: 0, json: () => Promise.reject(new Error('opaque')) } as unknown as Response;
    const api = new Api('', () => Promise.resolve(redirected));
    await expect(api.meeting('us-nyc-1')).rejects.toMatchObject({ problem: { code: 'misdirected', status: 307 } });
  });

  it('fails with problems of the fence as data, and with nothing that is not what it seems', async () => {
    const problem = {
      code: 'fence-conflict', status: 409, title: 't', detail: 'd', scope: 'meeting',
      conflicts: [{ scope: 'meeting', rule: 'allow country:DE', regions: ['eu-par'] }, { scope: 'meeting', rule: '' }, { scope: 'meeting', rule: '', regions: [1] }, 'nonsense', null], regions: 'nonsense',
    };
    const { api } = apiWith(problem, 409);
    const error = await api.createMeeting().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toEqual({
      code: 'fence-conflict', status: 409, title: 't', detail: 'd', scope: 'meeting', conflicts: [{ scope: 'meeting', rule: 'allow country:DE', regions: ['eu-par'] }],
    });
    expect(readProblem({ code: 'misdirected', status: 421, frontDoor: 'https://nyc.example.org' })).toMatchObject({ frontDoor: 'https://nyc.example.org' });
  });

  it('cannot be reached', async () => {
    const api = new Api('', () => Promise.reject(new TypeError('offline')));
    await expect(api.signedDirectory()).rejects.toBeInstanceOf(UnreachableError);
  });
});

describe('host keys', () => {
  it('stay in this browser', () => {
    localStorage.clear();
    const keys = new HostKeys(localStorage);
    keys.keep('eu-fra-1', 'h');
    expect(new HostKeys(localStorage).find('eu-fra-1')).toBe('h');
    expect(keys.find('other')).toBeNull();
    keys.forget('eu-fra-1');
    expect(keys.find('eu-fra-1')).toBeNull();
  });

  it('live as long as the page where storage is forbidden', () => {
    const forbidden = { getItem: vi.fn(() => { throw new Error('no'); }), setItem: vi.fn(() => { throw new Error('no'); }), removeItem: vi.fn(() => { throw new Error('no'); }) };
    const keys = new HostKeys(forbidden);
    keys.keep('a', 'b');
    keys.forget('a');
    expect(keys.find('a')).toBeNull();
    expect(new HostKeys(null).find('a')).toBeNull();
  });
});
