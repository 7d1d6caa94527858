import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Devices } from '../src/media/devices';
import { LocalMedia } from '../src/media/localMedia';
import { RouteFailure } from '../src/route/failure';
import { Prober } from '../src/route/probe';
import { evaluate } from '../src/route/geofence';
import { Session } from '../src/session/session';
import type { SessionOptions } from '../src/session/sessionOptions';
import { ProblemError, UnreachableError } from '../src/signalling/problem';
import type { TightenAsked } from '../src/signalling/routeMessages';
import { Sound } from '../src/slots/sound';
import { FakeDevices, fakeMemory } from './fakes/fakeDevices';
import { FakePeer } from './fakes/fakePeer';
import { FakeNode } from './fakes/fakeSignalling';
import { answerOf, directory, FakeTrust } from './fakes/fakeTrust';

const silent = (): HTMLAudioElement =>
  ({ play: () => Promise.resolve(), pause: () => undefined, srcObject: null }) as unknown as HTMLAudioElement;
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const person = (id: string, since: number) => ({ id, name: id, microphone: true, camera: true, since });

let node: FakeNode;
let trust: FakeTrust;
let media: LocalMedia;
let session: Session;

async function begin(options: Partial<SessionOptions> = {}): Promise<void> {
  await media.start();
  session = new Session({
    meeting: 'eu-fra-1', name: 'Ada', media, connect: node.connect, peers: FakePeer.factory, sound: new Sound(silent), storage: sessionStorage, trust,
    api: { route: () => Promise.resolve(node.route) }, ...options,
  });
  session.start();
  await settle();
}
async function live(options: Partial<SessionOptions> = {}): Promise<void> {
  await begin(options);
  FakePeer.last.become('connected');
  await settle(150);
}
/** The plan names another node from now on. */
function moveTo(id: string, region: string): void {
  node.reference = { id, region, statement: 'signed' };
  node.last.emit('move', { reason: 'plan', node: id, region });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
  });
  sessionStorage.clear();
  FakePeer.made = [];
  node = new FakeNode();
  trust = new FakeTrust();
  media = new LocalMedia(new Devices(new FakeDevices()), fakeMemory());
});
afterEach(async () => {
  const leaving = session.leave();
  await settle(1000);
  await leaving;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('joining with a fence', () => {
  it('tells the fence, what was measured, the host key and the place', async () => {
    const prober = new Prober({ send: () => Promise.resolve(new Response(null, { status: 204 })), now: () => 0 });
    await prober.run(directory, evaluate(directory, [{ scope: 'participant', fence: { allow: ['country:DE'] } }], []));
    await live({ fence: { allow: ['country:DE'] }, prober, hostKey: 'h', place: 'DE' });
    expect(node.joins[0]).toMatchObject({ fence: { allow: ['country:DE'] }, roundTrips: { 'eu-fra': 0 }, hostKey: 'h', place: 'DE' });
    expect(session.state.get()).toMatchObject({ fence: { allow: ['country:DE'] }, route: { probes: { roundTrips: { 'eu-fra': 0 } } } });
  });

  it('tells nothing that was not given', async () => {
    await live();
    expect(Object.keys(node.joins[0] ?? {}).sort()).toEqual(['camera', 'meeting', 'microphone', 'name', 'offer', 'tracks']);
  });

  it('waits for a host\'s word without giving up, and says so', async () => {
    let release: () => void = () => undefined;
    node.wait = new Promise((resolve) => (release = resolve));
    await begin({ fence: { deny: ['country:US'] } });
    node.last.emit('joinWaiting', { reason: 'host' });
    expect(session.state.get()).toMatchObject({ phase: 'joining', waiting: 'host' });
    await settle(55_000);
    expect(FakePeer.made).toHaveLength(1);
    release();
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'live', waiting: null });
  });

  it.each(['host-silent', 'out-of-reach', 'no-capacity', 'fence-conflict'])('tells a newcomer at once: %s', async (code) => {
    node.refuse = new ProblemError({ code, status: code === 'host-silent' ? 408 : 503, title: '', detail: '', scope: 'meeting', conflicts: [] });
    if (code === 'fence-conflict') node.refuse = new ProblemError({ code, status: 409, title: '', detail: '' });
    await begin();
    await settle(20_000);
    expect(session.state.get()).toMatchObject({ phase: 'refused', problem: { code } });
    expect(node.joins).toHaveLength(1);
  });

  it('keeps trying for somebody who was in, when no node answers', async () => {
    await live();
    node.refuse = new ProblemError({ code: 'out-of-reach', status: 503, title: '', detail: '' });
    node.last.drop();
    await settle(3000);
    expect(session.state.get().phase).toBe('reconnecting');
    node.refuse = null;
    await settle(5000);
    expect(session.state.get().phase).toBe('live');
  });
});

describe('a check that fails', () => {
  const expectEnd = (code: string): void => {
    expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { state: 'failed', failure: { code } } });
    expect(FakePeer.made.every(({ closed }) => closed)).toBe(true);
  };

  it('of the operator or its directory prevents the join', async () => {
    trust.loadFailure = new RouteFailure('operator-key-changed');
    await begin();
    expectEnd('operator-key-changed');
    expect(node.joins).toHaveLength(0);
    await settle(20_000);
    expect(node.connections).toHaveLength(1);
  });

  it('of the answer comes before the browser sees it', async () => {
    node.answer = answerOf('n_par');
    await begin();
    expectEnd('fingerprint-mismatch');
    expect(FakePeer.last.remote).toEqual([]);
    expect(node.last.left).toBe(true);
    expect(node.last.closed).toBe(true);
    await settle(20_000);
    expect(node.joins).toHaveLength(1);
  });

  it('of a server that does not name its node ends the session too', async () => {
    node.joined = { node: undefined as never, route: undefined as never };
    await begin();
    expectEnd('node-unknown');
  });

  it('is not a network that fails', async () => {
    trust.loadFailure = new UnreachableError('down');
    await begin();
    expect(session.state.get()).toMatchObject({ phase: 'joining', attempts: 1 });
    trust.loadFailure = null;
    await settle(2000);
    expect(session.state.get().phase).toBe('live');
  });

  it('of the next node ends the session, whatever the present one is', async () => {
    await live({ fence: { deny: ['country:US'] } });
    moveTo('n_nyc', 'us-nyc');
    await settle();
    expectEnd('region-outside-fence');
    expect(FakePeer.last.remote).toEqual([]);
  });

  it('of a re-offer: it must be answered with the same certificate', async () => {
    await live();
    node.reference = { id: 'n_par', region: 'eu-par', statement: 'signed' };
    FakePeer.last.become('failed');
    await settle();
    expectEnd('fingerprint-mismatch');
  });

  it('of the certificate really used ends the session after all', async () => {
    await begin();
    const transport = { getRemoteCertificates: () => [], iceTransport: { getSelectedCandidatePair: () => ({ remote: { address: '198.51.100.1', port: 1, protocol: 'udp' } }) } };
    Object.assign(FakePeer.last.transceivers[0]?.sender ?? {}, { transport });
    FakePeer.last.become('connected');
    await settle();
    expectEnd('candidate-foreign');
  });
});

describe('a home other than the meeting id\'s', () => {
  it('ends the join before the answer is used', async () => {
    node.route = { ...node.route, home: 'eu-par' };
    await begin();
    expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { failure: { code: 'home-mismatch' } } });
    expect(FakePeer.last.remote).toEqual([]);
  });

  it('ends a session that goes on', async () => {
    await live();
    node.last.emit('routeChanged', { ...node.route, epoch: 2, home: 'eu-par' });
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { failure: { code: 'home-mismatch' } } });
  });
});

describe('moving to another node', () => {
  beforeEach(async () => {
    node.joined = { participants: [person('p_bob', 1), person('p_own', 2)] };
    await live();
    session.show([{ participant: 'p_bob', height: 300 }]);
    await settle(150);
    node.last.emit('slotChanged', { mid: '5', participant: 'p_bob', source: 'camera', from: 1 });
  });

  it('keeps picture, sound and proof of the old one until the new one is connected', async () => {
    const old = FakePeer.last;
    const picture = session.state.get().pictures['p_bob'];
    expect(picture?.track).toBe(old.transceivers[5]?.receiver.track);
    moveTo('n_par', 'eu-par');
    await settle(1000);
    const next = FakePeer.last;
    expect(next).not.toBe(old);
    expect(node.last.negotiations.at(-1)?.restart).toBe(true);
    expect(next.remote).toHaveLength(1);
    node.last.emit('slotChanged', { mid: '6', participant: 'p_bob', source: 'camera', from: 2 });
    expect(session.state.get()).toMatchObject({ path: 'up', moving: { node: 'n_par' }, route: { own: { node: 'n_fra' } } });
    expect(session.state.get().pictures['p_bob']?.track).toBe(picture?.track);
    expect(old.closed).toBe(false);
    next.become('connected');
    await settle();
    expect(old.closed).toBe(true);
    expect(session.state.get()).toMatchObject({ path: 'up', moving: null, route: { state: 'verified', own: { node: 'n_par' } } });
    expect(session.state.get().pictures['p_bob']).toMatchObject({ mid: '6', track: next.transceivers[6]?.receiver.track });
  });

  it('holds the last picture until the new track brings one, but not for ever', async () => {
    const before = session.state.get().pictures['p_bob']?.track;
    moveTo('n_par', 'eu-par');
    await settle();
    const track = FakePeer.last.transceivers[5]?.receiver.track as unknown as { muted: boolean; dispatch(event: string): void };
    track.muted = true;
    node.last.emit('slotChanged', { mid: '5', participant: 'p_bob', source: 'camera', from: 2 });
    FakePeer.last.become('connected');
    expect(session.state.get().pictures['p_bob']?.track).toBe(before);
    track.muted = false;
    track.dispatch('unmute');
    expect(session.state.get().pictures['p_bob']?.track).toBe(track);
    track.muted = true;
    await settle(2000);
    expect(session.state.get().pictures['p_bob']?.track).toBe(track);
  });

  it('asks for the pictures of the new connection before it is up', async () => {
    const before = node.last.views.length;
    moveTo('n_par', 'eu-par');
    await settle(150);
    expect(node.last.views).toHaveLength(before + 1);
    expect(FakePeer.last.connectionState).toBe('new');
  });

  it('tries again while the old one still works, and gives up nothing', async () => {
    const old = FakePeer.last;
    moveTo('n_par', 'eu-par');
    await settle(8100);
    expect(FakePeer.made).toHaveLength(3);
    expect(FakePeer.made[1]?.closed).toBe(true);
    expect(old.closed).toBe(false);
    FakePeer.last.become('connected');
    expect(old.closed).toBe(true);
    expect(session.state.get().path).toBe('up');
  });

  it('sends from the new connection as soon as it is up', async () => {
    moveTo('n_par', 'eu-par');
    await settle();
    expect(FakePeer.last.transceivers[0]?.sender.track).toBe(media.state.get().microphone.track);
    await media.choose('camera', 'c2');
    await settle();
    expect(FakePeer.made.map((peer) => peer.transceivers[1]?.sender.track)).toEqual(Array(2).fill(media.state.get().camera.track));
  });

  it('says that the path is down when the old one falls silent meanwhile', async () => {
    const old = FakePeer.last;
    moveTo('n_par', 'eu-par');
    await settle();
    old.become('disconnected');
    expect(session.state.get().path).toBe('down');
    await settle(2000);
    expect(FakePeer.made).toHaveLength(2);
    FakePeer.last.become('connected');
    expect(session.state.get().path).toBe('up');
  });
});

describe('of several moves', () => {
  /** Holds back answers until they are let go, by order of the calls. */
  function holdAnswers(): (() => void)[] {
    const held: (() => void)[] = [];
    const { last } = node;
    const negotiate = last.negotiate.bind(last);
    last.negotiate = async (request) => {
      const answer = await negotiate(request);
      await new Promise<void>((resolve) => held.push(resolve));
      return answer;
    };
    return held;
  }

  it('the newest wins: an answer that it has overtaken is neither used nor held against anybody', async () => {
    await live({ fence: { deny: ['country:US'] } });
    const held = holdAnswers();
    moveTo('n_nyc', 'us-nyc');
    await settle();
    moveTo('n_par', 'eu-par');
    await settle();
    held[1]?.();
    await settle();
    held[0]?.();
    await settle();
    expect(session.state.get()).toMatchObject({ phase: 'live', moving: { node: 'n_par' } });
    expect(FakePeer.made.map(({ closed, remote }) => [closed, remote.length])).toEqual([[false, 1], [true, 0], [false, 1]]);
    FakePeer.last.become('connected');
    await settle();
    expect(session.state.get()).toMatchObject({ path: 'up', moving: null, route: { own: { node: 'n_par' } } });
  });

  it('the newest wins, too, where nothing works meanwhile', async () => {
    await live();
    FakePeer.last.become('failed');
    moveTo('n_nyc', 'us-nyc');
    await settle();
    const first = FakePeer.last;
    moveTo('n_par', 'eu-par');
    await settle();
    expect(first.closed).toBe(true);
    FakePeer.last.become('connected');
    await settle();
    expect(session.state.get().route.own?.node).toBe('n_par');
  });

  it('the last stays the one that goes on when the old connection only recovers', async () => {
    await live();
    const old = FakePeer.last;
    moveTo('n_par', 'eu-par');
    await settle();
    old.become('connected');
    expect(session.state.get().moving).toMatchObject({ node: 'n_par' });
  });
});

describe('a node that the fence leaves out now', () => {
  beforeEach(async () => {
    node.route = { ...node.route, home: 'eu-par' };
    await live({ meeting: 'eu-par-1' });
  });
  function forbid(): void {
    node.route = { ...node.route, epoch: 2, fence: { deny: ['country:DE'], regions: [] } };
    node.last.emit('routeChanged', node.route);
  }

  it('is left after 5 s by the client itself, for the one that the plan names then', async () => {
    const old = FakePeer.last;
    node.reference = { id: 'n_par', region: 'eu-par', statement: 'signed' };
    forbid();
    await settle(4999);
    expect(old.closed).toBe(false);
    await settle(1);
    expect(old.closed).toBe(true);
    expect(session.state.get()).toMatchObject({ phase: 'live', path: 'down', route: { state: 'checking', own: null } });
    FakePeer.last.become('connected');
    await settle();
    expect(session.state.get()).toMatchObject({ path: 'up', route: { own: { node: 'n_par' } } });
    await settle(20_000);
    expect(session.state.get().phase).toBe('live');
  });

  it('is left in time although the new connection is not up yet, which goes on', async () => {
    const old = FakePeer.last;
    forbid();
    await settle(1000);
    moveTo('n_par', 'eu-par');
    await settle(4000);
    const next = FakePeer.last;
    expect([old.closed, next.closed, FakePeer.made.length]).toEqual([true, false, 2]);
    next.become('connected');
    await settle();
    expect(session.state.get()).toMatchObject({ path: 'up', moving: null, route: { own: { node: 'n_par' } } });
  });

  it('ends the session when the server names it again', async () => {
    forbid();
    await settle(5000);
    expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { failure: { code: 'region-outside-fence' } } });
    expect(FakePeer.made.every(({ closed }) => closed)).toBe(true);
  });
});

describe('news of the route', () => {
  it('are in the state, evaluated', async () => {
    await live();
    node.last.emit('routeChanged', { ...node.route, epoch: 2, fence: { deny: ['country:US'], regions: [] }, nodes: [{ id: 'n_par', region: 'eu-par', statement: 's' }] });
    await settle();
    const { route } = session.state.get();
    expect(route.verdicts.find(({ region }) => region === 'us-nyc')?.allowed).toBe(false);
    expect(route.nodes.map(({ id, trust }) => [id, trust])).toEqual([['n_fra', 'verified'], ['n_par', 'attested']]);
  });

  it('end the session when a forbidden region stays in use', async () => {
    await live({ fence: { deny: ['country:US'] } });
    node.last.emit('routeChanged', { ...node.route, epoch: 2, participants: [{ id: 'p_bob', node: 'n_nyc', region: 'us-nyc' }] });
    await settle(8000);
    expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { failure: { code: 'region-outside-fence' } } });
  });

  it('that end the meeting carry the rule', async () => {
    await live();
    node.last.emit('ended', { reason: 'no-region-allowed', problem: { code: 'no-region-allowed', status: 422, title: '', detail: 'why', scope: 'meeting' } });
    expect(session.state.get()).toMatchObject({ phase: 'ended', endReason: 'no-region-allowed', problem: { scope: 'meeting' } });
  });
});

describe('a host', () => {
  const question: TightenAsked = { request: 'r1', name: 'Eve', fence: { deny: ['country:US'] }, consequences: { moves: 1, leaves: 0, worstBefore: 10, worstAfter: 150, growth: 140, computed: true } };

  beforeEach(async () => {
    node.joined = { host: true };
    await live({ hostKey: 'h' });
    node.last.emit('tightenAsked', question);
    node.last.emit('tightenAsked', { ...question, request: 'r2' });
  });

  it('is asked, and decides', async () => {
    expect(session.state.get()).toMatchObject({ host: true, questions: [question, { request: 'r2' }] });
    await session.decide('r1', true);
    expect(node.last.decisions).toEqual([['r1', true]]);
    expect(session.state.get().questions.map(({ request }) => request)).toEqual(['r2']);
  });

  it('is asked about a newcomer without a rule, too, whose place is what counts', () => {
    node.last.emit('tightenAsked', { ...question, request: 'r3', fence: null });
    expect(session.state.get().questions[2]).toMatchObject({ request: 'r3', fence: {} });
  });

  it('is no longer asked when another has decided, or signalling was lost', async () => {
    node.last.emit('tightenWithdrawn', { request: 'r2' });
    expect(session.state.get().questions).toEqual([question]);
    node.last.drop();
    await settle(500);
    expect(session.state.get()).toMatchObject({ phase: 'live', questions: [] });
  });
});
