import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Devices } from '../src/media/devices';
import { LocalMedia } from '../src/media/localMedia';
import { Session } from '../src/session/session';
import { ProblemError } from '../src/signalling/problem';
import { Sound } from '../src/slots/sound';
import { FakeDevices, fakeMemory } from './fakes/fakeDevices';
import { FakePeer } from './fakes/fakePeer';
import { FakeNode } from './fakes/fakeSignalling';
import { FakeTrust } from './fakes/fakeTrust';

const person = (id: string, since: number) => ({ id, name: id, microphone: true, camera: true, since });
const silent = (): HTMLAudioElement =>
  ({ play: () => Promise.resolve(), pause: () => undefined, srcObject: null }) as unknown as HTMLAudioElement;

let node: FakeNode;
let media: LocalMedia;
let session: Session;

const make = (): Session =>
  new Session({
    meeting: 'eu-fra-1', name: 'Ada', media, connect: node.connect, peers: FakePeer.factory, sound: new Sound(silent), storage: sessionStorage, trust: new FakeTrust(),
    api: { route: () => Promise.resolve(node.route) },
  });
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function live(): Promise<void> {
  await media.start();
  session = make();
  session.start();
  await settle();
  FakePeer.last.become('connected');
  await settle(150);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
    });
  sessionStorage.clear();
  FakePeer.made = [];
  node = new FakeNode();
  media = new LocalMedia(new Devices(new FakeDevices()), fakeMemory());
});
afterEach(async () => {
  const leaving = session.leave();
  await settle(1000);
  await leaving;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('joining', () => {
  it('offers microphone, camera in three layers, three audio and nine video slots, in this order', async () => {
    await live();
    const offer = node.joins[0]?.offer.split(',') ?? [];
    expect(offer.slice(0, 2)).toEqual(['audio:sendonly', 'video:sendonly']);
    expect(offer.slice(2, 5)).toEqual(Array(3).fill('audio:recvonly'));
    expect(offer.slice(5)).toEqual(Array(9).fill('video:recvonly'));
    expect(FakePeer.last.transceivers[1]?.encodings.map(({ rid, scaleResolutionDownBy }) => [rid, scaleResolutionDownBy])).toEqual([
      ['q', 4], ['h', 2], ['f', 1],
    ]);
    expect(node.joins[0]?.tracks).toEqual({ 0: 'microphone', 1: 'camera' });
    expect(node.joins[0]).toMatchObject({ meeting: 'eu-fra-1', name: 'Ada', microphone: true, camera: true });
    expect(session.state.get()).toMatchObject({ phase: 'live', path: 'up', self: 'p_own' });
  });

  it('keeps trying while the node is down, and joins when it is back', async () => {
    node.up = false;
    session = make();
    session.start();
    await settle(1000);
    expect(session.state.get().phase).toBe('joining');
    expect(session.state.get().attempts).toBeGreaterThan(1);
    node.up = true;
    await settle(2000);
    expect(session.state.get().phase).toBe('live');
  });

  it('stops at a refusal and keeps its reason', async () => {
    node.refuse = new ProblemError({ code: 'meeting-locked', status: 403, title: 'Locked', detail: '' });
    session = make();
    session.start();
    await settle(10_000);
    expect(session.state.get()).toMatchObject({ phase: 'refused', problem: { code: 'meeting-locked' } });
    expect(node.joins).toHaveLength(1);
  });

  it('knows a meeting that is over', async () => {
    node.refuse = new ProblemError({ code: 'meeting-ended', status: 410, title: '', detail: '' });
    session = make();
    session.start();
    await settle();
    expect(session.state.get().phase).toBe('ended');
  });

  it('applies events that overtake the answer to join', async () => {
    await media.start();
    session = make();
    session.start();
    node.last.early.push(() => {
      node.last.emit('participantJoined', person('p_bob', 9));
    });
    await settle();
    expect(session.state.get().participants.map(({ id }) => id)).toEqual(['p_own', 'p_bob']);
  });
});

describe('pictures', () => {
  it('asks for the cameras on the page and shows what the slots say', async () => {
    node.joined = { participants: [person('p_bob', 1), { ...person('p_off', 3), camera: false }, person('p_own', 2)] };
    await live();
    session.show([{ participant: 'p_bob', height: 300 }, { participant: 'p_off', height: 300 }]);
    await settle(150);
    expect(node.last.views.at(-1)).toEqual([{ participant: 'p_bob', source: 'camera', height: 300 }]);
    node.last.emit('slotChanged', { mid: '5', participant: 'p_bob', source: 'camera', from: 77 });
    expect(session.state.get().pictures['p_bob']).toMatchObject({ mid: '5', from: 77, track: FakePeer.last.transceivers[5]?.receiver.track });
    node.last.emit('slotChanged', { mid: '5', participant: null, source: null, from: null });
    expect(session.state.get().pictures).toEqual({});
  });

  it('grows the slots by a re-offer before it asks for more pictures', async () => {
    const many = Array.from({ length: 12 }, (_, index) => person(`p_${String(index)}`, index));
    node.joined = { participants: many };
    await live();
    session.show(many.map(({ id }) => ({ participant: id, height: 100 })));
    await settle(150);
    expect(node.last.negotiations).toHaveLength(1);
    expect(node.last.negotiations[0]?.restart).toBeUndefined();
    expect(FakePeer.last.transceivers).toHaveLength(2 + 3 + 17);
    expect(node.last.views.at(-1)).toHaveLength(12);
  });

  it('says nothing when nothing changed', async () => {
    node.joined = { participants: [person('p_bob', 1)] };
    await live();
    const before = node.last.views.length;
    session.show([{ participant: 'p_bob', height: 300 }]);
    await settle(150);
    session.show([{ participant: 'p_bob', height: 299 }]);
    await settle(150);
    expect(node.last.views).toHaveLength(before + 1);
  });
});

describe('own devices', () => {
  it('tells others about the microphone and keeps sending through the same m-line', async () => {
    await live();
    await media.turn('microphone', false);
    await settle();
    expect(node.last.medias).toEqual([{ microphone: false, camera: true }]);
    expect(FakePeer.last.transceivers[0]?.sender.track).not.toBeNull();
  });

  it('sends nothing from a camera that is off', async () => {
    await live();
    await media.turn('camera', false);
    await settle();
    expect(FakePeer.last.transceivers[1]?.sender.track).toBeNull();
    expect(node.last.medias.at(-1)).toEqual({ microphone: true, camera: false });
  });

  it('replaces the track when the device changes, without a word to the node', async () => {
    await live();
    await media.choose('camera', 'c2');
    await settle();
    expect(FakePeer.last.transceivers[1]?.sender.track).toBe(media.state.get().camera.track);
    expect(node.last.medias).toEqual([]);
    expect(node.last.negotiations).toEqual([]);
  });
});

describe('own tile', () => {
  it('changes at once: the node tells the others only', async () => {
    await live();
    await media.turn('microphone', false);
    await session.rename('Ada L');
    await settle();
    expect(session.state.get().participants).toMatchObject([{ id: 'p_own', name: 'Ada L', microphone: false, camera: true }]);
  });

  it('is taken away when the tab closes, but a reload comes back to its place', async () => {
    await live();
    dispatchEvent(new Event('pagehide'));
    expect(node.last.left).toBe(true);
    expect(sessionStorage.getItem('parley.resume.eu-fra-1')).toBe('token-1');
  });
});

describe('recovery', () => {
  it('is back within 5 s after the node was killed and started again, with its old place', async () => {
    await live();
    node.die();
    await settle(2000);
    expect(session.state.get().phase).toBe('reconnecting');
    node.up = true;
    await settle(3000);
    expect(session.state.get().phase).toBe('live');
    expect(node.joins).toHaveLength(2);
    expect(node.joins[1]?.resume).toBe('token-1');
    expect(FakePeer.made).toHaveLength(2);
  });

  it('keeps the old media until the new one runs', async () => {
    await live();
    const old = FakePeer.last;
    node.last.drop();
    await settle(300);
    expect(FakePeer.made).toHaveLength(2);
    expect(old.closed).toBe(false);
    FakePeer.last.become('connected');
    expect(old.closed).toBe(true);
  });

  it('asks again for its pictures after a rejoin', async () => {
    node.joined = { participants: [person('p_bob', 1)] };
    await live();
    session.show([{ participant: 'p_bob', height: 300 }]);
    await settle(150);
    node.last.drop();
    await settle(500);
    expect(node.connections).toHaveLength(2);
    expect(node.last.views).toHaveLength(1);
  });

  it('makes a new connection when the node lost the transport', async () => {
    await live();
    node.last.emit('mediaLost', { reason: 'silent' });
    await settle();
    expect(node.last.negotiations.at(-1)?.restart).toBe(true);
    expect(FakePeer.made).toHaveLength(2);
    expect(session.state.get().path).toBe('down');
    FakePeer.last.become('connected');
    expect(session.state.get().path).toBe('up');
  });

  it('asks for its pictures on the new connection too', async () => {
    node.joined = { participants: [person('p_bob', 1)] };
    await live();
    session.show([{ participant: 'p_bob', height: 300 }]);
    await settle(150);
    const [asked] = node.last.views.splice(0).slice(-1);
    expect(asked).toHaveLength(1);
    node.last.emit('mediaLost', { reason: 'silent' });
    await settle(150);
    expect(node.last.views).toEqual([asked]);
  });

  it('restarts ICE when the path fails', async () => {
    await live();
    FakePeer.last.become('failed');
    await settle();
    expect(FakePeer.last.offers.at(-1)).toEqual({ iceRestart: true });
    expect(node.last.negotiations).toHaveLength(1);
  });

  it('connects anew as soon as the network is back', async () => {
    await live();
    dispatchEvent(new Event('online'));
    await settle(300);
    expect(node.connections).toHaveLength(2);
    expect(session.state.get().phase).toBe('live');
  });

  it('gives up its old place when the node no longer knows it', async () => {
    await live();
    node.refuse = new ProblemError({ code: 'resume-unknown', status: 404, title: '', detail: '' });
    node.last.drop();
    await settle(300);
    node.refuse = null;
    await settle(1000);
    expect(session.state.get().phase).toBe('live');
    expect(node.joins.at(-1)?.resume).toBeUndefined();
  });
});

describe('the end', () => {
  it('leaves: tells the node, closes the media, forgets the place', async () => {
    await live();
    const { last } = node;
    const leaving = session.leave();
    await settle(600);
    await leaving;
    expect(last.left).toBe(true);
    expect(last.closed).toBe(true);
    expect(FakePeer.last.closed).toBe(true);
    expect(sessionStorage).toHaveLength(0);
    expect(session.state.get().phase).toBe('left');
    await settle(20_000);
    expect(node.connections).toHaveLength(1);
  });

  it('does not come back to a meeting that has ended', async () => {
    await live();
    node.last.emit('ended', { reason: 'host' });
    await settle(20_000);
    expect(session.state.get()).toMatchObject({ phase: 'ended', endReason: 'host' });
    expect(node.connections).toHaveLength(1);
  });
});
