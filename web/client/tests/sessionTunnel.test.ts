import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Devices } from '../src/media/devices';
import { LocalMedia } from '../src/media/localMedia';
import { Session } from '../src/session/session';
import { Sound } from '../src/slots/sound';
import { FakeDevices, fakeMemory } from './fakes/fakeDevices';
import { FakePeer } from './fakes/fakePeer';
import { FakeNode } from './fakes/fakeSignalling';
import { FakeTrust, tunnelUrl } from './fakes/fakeTrust';

const silent = (): HTMLAudioElement =>
  ({ play: () => Promise.resolve(), pause: () => undefined, srcObject: null }) as unknown as HTMLAudioElement;
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const pass = (username: string, ...urls: string[]) => ({ urls, username, credential: 'c', expires: 4e9 });

let node: FakeNode;
let media: LocalMedia;
let session: Session;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
  });
  sessionStorage.clear();
  FakePeer.made = [];
  node = new FakeNode();
  node.reference = { ...node.reference, tunnel: pass('first', tunnelUrl) };
  media = new LocalMedia(new Devices(new FakeDevices()), fakeMemory());
  await media.start();
  session = new Session({
    meeting: 'eu-fra-1', name: 'Ada', media, connect: node.connect, peers: FakePeer.factory, sound: new Sound(silent), storage: sessionStorage,
    trust: new FakeTrust(), api: { route: () => Promise.resolve(node.route) },
  });
  session.start();
  await settle();
});
afterEach(async () => {
  const leaving = session.leave();
  await settle(1000);
  await leaving;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a network that lets nothing through directly', () => {
  it('is left through the tunnel that the statement names, and nothing else', async () => {
    expect(FakePeer.last.configuration).toMatchObject({ iceServers: [] });
    node.reference = { ...node.reference, tunnel: pass('second', tunnelUrl) };
    await settle(4000);
    expect(FakePeer.made).toHaveLength(2);
    expect(FakePeer.last.configuration).toMatchObject({
      iceTransportPolicy: 'relay', iceServers: [{ urls: [tunnelUrl], username: 'first', credential: 'c' }],
    });
    expect(node.last.negotiations).toMatchObject([{ restart: true }]);
    FakePeer.last.become('connected');
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'live', path: 'up', route: { state: 'verified', own: { tunnel: true } } });
  });

  it('takes the tunnel at once the next time', async () => {
    await settle(4000);
    FakePeer.last.become('connected');
    node.reference = { ...node.reference, tunnel: pass('third', tunnelUrl) };
    node.last.emit('mediaLost', { reason: 'closed' });
    await settle();
    expect(FakePeer.made).toHaveLength(3);
    expect(FakePeer.last.configuration).toMatchObject({ iceTransportPolicy: 'relay', iceServers: [{ username: 'first' }] });
  });

  it('ends with a reason when the tunnel does not work either', async () => {
    await settle(29_999);
    expect(session.state.get().phase).toBe('live');
    await settle(1);
    expect(session.state.get()).toMatchObject({
      phase: 'unverified', route: { failure: { code: 'tunnel-unreachable', facts: { node: 'n_fra', region: 'eu-fra', expected: 'tunnel.example.org:443' } } },
    });
    await settle(1000);
    expect(FakePeer.made.every(({ closed }) => closed)).toBe(true);
  });
});

it('a server that names a tunnel of its own gets no connection through it', async () => {
  node.reference = { ...node.reference, tunnel: pass('lure', 'turns:evil.example.org:443?transport=tcp') };
  node.last.emit('mediaLost', { reason: 'closed' });
  await settle();
  await settle(20_000);
  expect(FakePeer.made.length).toBeGreaterThan(2);
  const used = FakePeer.made.flatMap(({ configuration }) => configuration.iceServers ?? []).flatMap(({ urls }) => urls);
  expect(used).not.toContain('turns:evil.example.org:443?transport=tcp');
});

it('a connection that comes up directly stays direct', async () => {
  FakePeer.last.become('connected');
  await settle(60_000);
  expect(FakePeer.made).toHaveLength(1);
  expect(session.state.get().route.own?.tunnel).toBe(false);
});
