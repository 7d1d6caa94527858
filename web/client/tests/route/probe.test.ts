import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluate, type Geofence } from '../../src/route/geofence';
import { frontDoors, Prober, type ProberPorts } from '../../src/route/probe';
import type { RegionDirectory } from '../../src/route/regions';
import { directory } from '../fakes/fakeTrust';

const doors = { fra: 'https://fra.example.org', par: 'https://par.example.org', nyc: 'https://nyc.example.org', zrh: 'https://zrh.example.org' };

let clock: number;
/** Milliseconds that each host's answers take, in order; `null`: it refuses. The last one stays. */
let takes: Record<string, (number | null)[]>;
let asked: string[];
let inits: RequestInit[];
let prober: Prober;

const send: ProberPorts['send'] = (input, init = {}) => {
  const url = new URL(input);
  asked.push(input);
  inits.push(init);
  const times = takes[url.origin] ?? [10];
  const time = times.length > 1 ? times.shift() : times[0];
  if (typeof time !== 'number') return Promise.reject(new TypeError('refused'));
  if (time === Infinity) {
    return new Promise((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => { reject(new DOMException('', 'AbortError')); });
    });
  }
  clock += time;
  return Promise.resolve(new Response(null, { status: 204 }));
};
const verdicts = (fence: Geofence, countries: string[] = ['DE']): ReturnType<typeof evaluate> => evaluate(directory, [{ scope: 'meeting', fence }], countries);
const hosts = (): string[] => [...new Set(asked.map((url) => new URL(url).origin))].sort();

beforeEach(() => {
  clock = 0;
  takes = {};
  asked = [];
  inits = [];
  prober = new Prober({ send, now: () => clock });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('probing', () => {
  it('contacts the front doors of allowed regions and no others', async () => {
    const report = await prober.run(directory, verdicts({ deny: ['country:US'] }));
    expect(hosts()).toEqual([doors.fra, doors.par]);
    expect(new Set(asked.map((url) => new URL(url).pathname))).toEqual(new Set(['/probe']));
    expect(report.leftOut).toEqual({ 'us-nyc': 'outside-fence', 'ch-zrh': 'outside-fence' });
    expect(report.running).toBe(false);
  });

  it('contacts nothing at all when nothing is allowed', async () => {
    const report = await prober.run(directory, verdicts({ allow: ['country:JP'] }));
    expect(asked).toEqual([]);
    expect(Object.values(report.leftOut)).toEqual(Array(4).fill('outside-fence'));
  });

  it('sends nothing that tells who asks, and follows no redirect out of the fence', async () => {
    await prober.run(directory, verdicts({ allow: ['country:DE'] }));
    expect(inits[0]).toMatchObject({ cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
  });

  it('takes the shortest of the later tries: the first one opens the connection', async () => {
    takes[doors.fra] = [1, 30, 20.04, 25];
    const { roundTrips } = await prober.run(directory, verdicts({ allow: ['country:DE'] }));
    expect(roundTrips).toEqual({ 'eu-fra': 20 });
    expect(asked).toHaveLength(4);
  });

  it('keeps what it knows, and probes only what is newly inside', async () => {
    await prober.run(directory, verdicts({ allow: ['country:DE'] }));
    asked = [];
    const report = await prober.run(directory, verdicts({ allow: ['country:DE', 'country:FR'] }));
    expect(hosts()).toEqual([doors.par]);
    expect(Object.keys(report.roundTrips)).toEqual(['eu-fra', 'eu-par']);
    asked = [];
    const narrowed = await prober.run(directory, verdicts({ allow: ['country:FR'] }));
    expect(asked).toEqual([]);
    expect(narrowed).toEqual({ roundTrips: { 'eu-par': 10 }, leftOut: { 'eu-fra': 'outside-fence', 'us-nyc': 'outside-fence', 'ch-zrh': 'outside-fence' }, running: false });
  });

  it('says who gave no answer, and tries again only when told to', async () => {
    takes[doors.par] = [null];
    expect((await prober.run(directory, verdicts({ allow: ['group:EEA'] }))).leftOut).toMatchObject({ 'eu-par': 'no-answer' });
    asked = [];
    await prober.run(directory, verdicts({ allow: ['group:EEA'] }));
    expect(asked).toEqual([]);
    prober.forgetSilent();
    takes[doors.par] = [5];
    expect((await prober.run(directory, verdicts({ allow: ['group:EEA'] }))).roundTrips).toEqual({ 'eu-fra': 10, 'eu-par': 5 });
  });

  it('ends in time, with what there is', async () => {
    takes[doors.fra] = [10, 10, Infinity];
    takes[doors.par] = [Infinity];
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const abort = new AbortController();
      setTimeout(() => { abort.abort(); }, ms);
      return abort.signal;
    });
    const running = prober.run(directory, verdicts({ allow: ['group:EEA'] }));
    expect(prober.state.get().running).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await running).toEqual({
      roundTrips: { 'eu-fra': 10 }, leftOut: { 'eu-par': 'no-answer', 'us-nyc': 'outside-fence', 'ch-zrh': 'outside-fence' }, running: false,
    });
  });

  it('stops at once where the fence closes meanwhile', async () => {
    takes[doors.nyc] = [Infinity];
    const first = prober.run(directory, verdicts({ allow: ['country:US'] }));
    const second = prober.run(directory, verdicts({ deny: ['country:US'] }));
    await Promise.all([first, second]);
    expect(asked.filter((url) => url.startsWith(doors.nyc))).toHaveLength(1);
    expect(inits[0]?.signal?.aborted).toBe(true);
    expect(prober.state.get().leftOut['us-nyc']).toBe('outside-fence');
    // Not silent: it was never given the time.
    takes[doors.nyc] = [7];
    expect((await prober.run(directory, verdicts({ allow: ['country:US'] }))).roundTrips).toEqual({ 'us-nyc': 7 });
  });

  it('measures a region once, however often it is asked for', async () => {
    await Promise.all([prober.run(directory, verdicts({ allow: ['country:DE'] })), prober.run(directory, verdicts({ allow: ['country:DE'] }))]);
    expect(asked).toHaveLength(4);
  });
});

describe('frontDoors', () => {
  const [fra] = directory.nodes;
  const withDoors = (...found: (string | null)[]): RegionDirectory => ({
    ...directory, nodes: found.map((frontDoor, index) => ({ ...(fra ?? { id: '', region: '', key: '', roles: [] }), key: `k${String(index)}`, frontDoor })), revoked: ['k0'],
  });

  it('are origins of nodes that are not revoked, each once', () => {
    expect(frontDoors(withDoors('https://revoked.example', 'https://a.example/x?y', 'https://a.example', null, 'javascript:alert(1)', 'nonsense'), 'eu-fra')).toEqual(['https://a.example']);
  });
});
