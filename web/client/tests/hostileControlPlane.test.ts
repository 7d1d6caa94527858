import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Devices } from '../src/media/devices';
import { LocalMedia } from '../src/media/localMedia';
import type { FailureCode } from '../src/route/failure';
import type { Geofence } from '../src/route/geofence';
import { Pins } from '../src/route/pins';
import { DirectoryTrust } from '../src/route/trust';
import { Session } from '../src/session/session';
import type { NodeReference, RouteView } from '../src/signalling/routeMessages';
import { Sound } from '../src/slots/sound';
import { FakeDevices, fakeMemory } from './fakes/fakeDevices';
import { FakePeer } from './fakes/fakePeer';
import { FakeNode } from './fakes/fakeSignalling';
import { answerOf } from './fakes/fakeTrust';
import { SignedWorld } from './fakes/signedWorld';

/**
 * The server lies; everything that proves the route is real: keys, signatures, directory and statements. The nodes' own keys are not the server's, so a lie needs one that the server has (the
 * stranger's), one of a node that means harm, or old papers.
 */
const now = 2_000_000_000;
const origin = 'https://fra.example.org';

let world: SignedWorld;
let node: FakeNode;
let pins: Pins;
let served: { signed: string; operatorKey: string };
let sessions: Session[];

interface Client {
  readonly session: Session;
  readonly peers: FakePeer[];
}

async function join(at: FakeNode, options: { fence?: Geofence; invited?: string } = {}): Promise<Client> {
  const media = new LocalMedia(new Devices(new FakeDevices()), fakeMemory());
  await media.start();
  const peers: FakePeer[] = [];
  const newPeer = (configuration: RTCConfiguration): RTCPeerConnection => {
    const peer = FakePeer.factory(configuration);
    peers.push(FakePeer.last);
    return peer;
  };
  const trust = new DirectoryTrust({ origin, fetch: () => Promise.resolve(served), pins, invited: options.invited ?? null, now: () => now });
  const session = new Session({
    meeting: 'eu-fra-1', name: 'Ada', media, connect: at.connect, peers: newPeer, sound: new Sound(silent), storage: sessionStorage, trust,
    api: { route: () => Promise.resolve(at.route) }, ...(options.fence ? { fence: options.fence } : {}),
  });
  sessions.push(session);
  session.start();
  await vi.waitFor(() => {
    expect(session.state.get().phase).toMatch(/live|unverified/);
  });
  return { session, peers };
}

async function connected(at: FakeNode, options: { fence?: Geofence } = {}): Promise<Client> {
  const client = await join(at, options);
  client.peers[0]?.become('connected');
  await vi.waitFor(() => {
    expect(client.session.state.get().route.state).toBe('verified');
  });
  return client;
}

const silent = (): HTMLAudioElement => ({ play: () => Promise.resolve(), pause: () => undefined, srcObject: null }) as unknown as HTMLAudioElement;

function expectEnd({ session, peers }: Client, code: FailureCode): void {
  expect(session.state.get()).toMatchObject({ phase: 'unverified', route: { state: 'failed', failure: { code } } });
  expect(peers.every(({ closed }) => closed)).toBe(true);
}

beforeAll(async () => {
  world = await SignedWorld.make();
});
beforeEach(async () => {
  vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
  });
  sessionStorage.clear();
  localStorage.clear();
  FakePeer.made = [];
  pins = new Pins(localStorage);
  served = { signed: await world.sign(), operatorKey: await world.operatorKey() };
  sessions = [];
  node = new FakeNode();
  node.reference = await world.reference('n_fra');
});
afterEach(async () => {
  await Promise.all(sessions.map((session) => session.leave()));
  vi.unstubAllGlobals();
});

describe('a server that lies about the operator or its list', () => {
  const lies: [string, FailureCode, () => Promise<void>][] = [
    ['has another key than on the last visit', 'operator-key-changed', async () => {
      pins.keep(origin, { operatorKey: 'the-one-of-before', version: 1 });
      await Promise.resolve();
    }],
    ['signs with a key of its own', 'directory-signature', async () => {
      served.signed = await world.sign({}, world.stranger);
    }],
    ['replays a list that has run out', 'directory-expired', async () => {
      served.signed = await world.sign({ version: 9, issued: now - 1000, expires: now - 91 });
    }],
    ['shows one of tomorrow', 'directory-expired', async () => {
      served.signed = await world.sign({ version: 9, issued: now + 91 });
    }],
    ['replays an older list than this browser has seen', 'directory-old', async () => {
      pins.keep(origin, { operatorKey: await hashOf(), version: 8 });
    }],
  ];
  it.each(lies)('%s: %s, and is not even asked to join', async (_name, code, lie) => {
    await lie();
    const client = await join(node);
    expectEnd(client, code);
    expect(node.joins).toHaveLength(0);
  });

  it('has another key than the link names: operator-key-not-invited', async () => {
    expectEnd(await join(node, { invited: 'another' }), 'operator-key-not-invited');
    expect(node.joins).toHaveLength(0);
  });

  async function hashOf(): Promise<string> {
    const trust = new DirectoryTrust({ origin: 'elsewhere', fetch: () => Promise.resolve(served), pins, invited: null, now: () => now });
    await trust.load();
    return trust.state.get().operatorKey ?? '';
  }
});

/** What a server may say of the node that answers, and the check that stops it. */
const nodeLies: [string, FailureCode, () => Promise<[NodeReference, string?]>][] = [
  ['is in no list', 'node-unknown', async () => [{ ...await world.reference('n_fra', { node: 'n_new' }, { key: world.stranger }), id: 'n_new' }, answerOf('n_fra')]],
  ['is listed, and the server signs for it', 'statement-signature', async () => [await world.reference('n_fra', {}, { key: world.stranger })]],
  ['is listed, and the operator key signs for it', 'statement-signature', async () => [await world.reference('n_fra', {}, { key: world.operator })]],
  ['says of itself that it is in another region', 'statement-region', async () => [await world.reference('n_nyc', { region: 'eu-fra' }, { said: 'eu-fra' })]],
  ['is said to be in another region', 'statement-region', async () => [await world.reference('n_nyc', {}, { said: 'eu-fra' })]],
  ['poses as another with its own statement', 'statement-signature', async () => [{ ...await world.reference('n_nyc'), id: 'n_fra', region: 'eu-fra' }]],
  ['shows an old statement', 'statement-expired', async () => [await world.reference('n_fra', { issued: now - 700, expires: now - 91 })]],
  ['shows a statement of tomorrow', 'statement-expired', async () => [await world.reference('n_fra', { issued: now + 91, expires: now + 600 })]],
  ['lies outside the own fence', 'region-outside-fence', async () => [await world.reference('n_nyc')]],
  ['is another machine than the one that answers', 'fingerprint-mismatch', async () => [await world.reference('n_fra'), answerOf('n_nyc')]],
  ['has other addresses than the answer', 'candidate-foreign', async () => [await world.reference('n_fra'), answerOf('n_fra', { candidates: ['198.51.100.9 40000'] })]],
];

describe('a node that the server sends somebody to', () => {
  const fence: Geofence = { deny: ['country:US'] };

  it.each(nodeLies)('and that %s is refused: %s, at the join', async (_name, code, lie) => {
    const [reference, answer] = await lie();
    node.reference = reference;
    node.answer = answer ?? answerOf(reference.id);
    const client = await join(node, { fence });
    expectEnd(client, code);
    expect(client.peers[0]?.remote).toEqual([]);
    expect(node.last.left).toBe(true);
    expect(node.joins).toHaveLength(1);
  });

  it.each(nodeLies)('and that %s is refused: %s, at a later move', async (_name, code, lie) => {
    const client = await connected(node, { fence });
    const [reference, answer] = await lie();
    node.reference = reference;
    node.answer = answer ?? answerOf(reference.id);
    node.last.emit('move', { reason: 'plan', node: reference.id, region: reference.region });
    await vi.waitFor(() => {
      expectEnd(client, code);
    });
    expect(client.peers.at(-1)?.remote).toEqual([]);
    expect(client.peers).toHaveLength(2);
  });

  it('is refused, too, when it was revoked, although it is listed: node-unknown', async () => {
    served.signed = await world.sign({ version: 8, revoked: [world.directory.nodes[0]?.key ?? ''] });
    expectEnd(await join(node), 'node-unknown');
  });

  it('is refused by the rules of the meeting and the operator as the server itself tells them: region-outside-fence', async () => {
    node.route = { ...node.route, fence: { deny: ['country:DE'], regions: [] } };
    expectEnd(await join(node), 'region-outside-fence');
    node = new FakeNode();
    node.reference = await world.reference('n_fra');
    node.route = { ...node.route, fence: { platform: { deny: ['country:DE'] }, regions: [] } };
    expectEnd(await join(node), 'region-outside-fence');
  });
});

describe('a home', () => {
  it.each(['at the join', 'later'])('that the server moves elsewhere is refused %s: home-mismatch', async (when) => {
    const elsewhere: RouteView = { ...node.route, epoch: 2, home: 'us-nyc' };
    if (when === 'at the join') node.route = elsewhere;
    const client = when === 'later' ? await connected(node) : await join(node);
    if (when === 'later') node.last.emit('routeChanged', elsewhere);
    await vi.waitFor(() => {
      expectEnd(client, 'home-mismatch');
    });
  });
});

describe('another route than the real one', () => {
  const view = (change: Partial<RouteView>): RouteView => ({ ...node.route, epoch: 2, ...change });

  it('is not shown of oneself: the own node and region are those that were verified', async () => {
    const client = await connected(node);
    node.last.emit('routeChanged', view({
      participants: [{ id: 'p_own', node: 'n_par', region: 'eu-par' }], nodes: [await world.reference('n_par')],
    }));
    await vi.waitFor(() => {
      expect(client.session.state.get().route.view?.epoch).toBe(2);
    });
    const { own, people } = client.session.state.get().route;
    expect(own).toMatchObject({ node: 'n_fra', region: 'eu-fra' });
    expect(people).toMatchObject([{ id: 'p_own', node: 'n_fra', region: 'eu-fra', trust: 'verified' }]);
  });

  it('may be told to two people of the same third: neither is shown it as verified', async () => {
    const other = new FakeNode();
    other.reference = await world.reference('n_par');
    const [ada, bob] = [await connected(node), await connected(other)];
    const nodes = [await world.reference('n_fra'), await world.reference('n_par')];
    node.last.emit('routeChanged', view({ nodes, participants: [{ id: 'p_eve', node: 'n_fra', region: 'eu-fra' }] }));
    other.last.emit('routeChanged', view({ nodes, participants: [{ id: 'p_eve', node: 'n_par', region: 'eu-par' }] }));
    await vi.waitFor(() => {
      expect([ada, bob].map(({ session }) => session.state.get().route.people[0]?.trust)).toEqual(['attested', 'attested']);
    });
    expect([ada, bob].map(({ session }) => session.state.get().route.people[0]?.region)).toEqual(['eu-fra', 'eu-par']);
    expect([ada, bob].map(({ session }) => session.state.get().route.own?.region)).toEqual(['eu-fra', 'eu-par']);
  });

  it('with links to a node that proves nothing shows them as the server\'s word', async () => {
    const client = await connected(node);
    node.last.emit('routeChanged', view({
      relays: [{ from: 'n_fra', to: 'n_par' }], nodes: [await world.reference('n_par', { region: 'eu-fra' }, { said: 'eu-fra' })],
    }));
    await vi.waitFor(() => {
      expect(client.session.state.get().route.nodes.find(({ id }) => id === 'n_par')).toMatchObject({ trust: 'said', doubt: 'statement-region' });
    });
    expect(client.session.state.get().route.legs).toMatchObject([{ trust: 'said' }]);
  });
});

/** Documented limits (docs/threat-model.md, "The home region is believed about the fence"): these tests show them, and where they end. */
describe('what a server leaves out', () => {
  it('of the meeting\'s fence is not missed by whoever has no rule of their own', async () => {
    node.reference = await world.reference('n_nyc');
    node.route = { ...node.route, fence: { regions: [] } };
    const client = await connected(node);
    expect(client.session.state.get().route.own?.region).toBe('us-nyc');
  });

  it('of the meeting\'s fence does not lead whoever has the same rule as their own outside', async () => {
    node.reference = await world.reference('n_nyc');
    node.route = { ...node.route, fence: { regions: [] } };
    expectEnd(await join(node, { fence: { deny: ['country:US'] } }), 'region-outside-fence');
  });

  it('of the nodes is not seen, and nothing is claimed of it: only the own way is verified', async () => {
    const client = await connected(node);
    node.last.emit('routeChanged', { ...node.route, epoch: 2, nodes: [await world.reference('n_fra')], participants: [{ id: 'p_bob', node: null, region: null }] });
    await vi.waitFor(() => {
      expect(client.session.state.get().route.view?.epoch).toBe(2);
    });
    const { nodes, people } = client.session.state.get().route;
    expect(nodes.map(({ id, trust }) => [id, trust])).toEqual([['n_fra', 'verified']]);
    expect(people).toMatchObject([{ id: 'p_bob', trust: 'said' }]);
  });
});
