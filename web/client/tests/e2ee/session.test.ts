import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProtectedConnection } from '../../src/e2ee/protectedConnection';
import { Devices } from '../../src/media/devices';
import { LocalMedia } from '../../src/media/localMedia';
import { Session } from '../../src/session/session';
import type { SlotChange } from '../../src/signalling/messages';
import { Sound } from '../../src/slots/sound';
import { FakeDevices, fakeMemory } from '../fakes/fakeDevices';
import { FakePeer } from '../fakes/fakePeer';
import { FakeNode } from '../fakes/fakeSignalling';
import { FakeTrust } from '../fakes/fakeTrust';

/** What was asked of a connection's protection, and how far its peer was then. */
class FakeProtection implements Pick<ProtectedConnection, 'send' | 'receive' | 'slotChanged' | 'close'> {
  readonly sent: string[] = [];
  readonly received: RTCRtpTransceiver[] = [];
  readonly changes: SlotChange[] = [];
  offered = false;
  closed = false;

  send(_transceiver: RTCRtpTransceiver, source: string): void {
    this.sent.push(source);
    this.offered ||= FakePeer.last.offers.length > 0;
  }

  receive(transceiver: RTCRtpTransceiver): void {
    this.received.push(transceiver);
  }

  slotChanged(change: SlotChange): void {
    this.changes.push(change);
  }

  close(): void {
    this.closed = true;
  }
}

const silent = (): HTMLAudioElement =>
  ({ play: () => Promise.resolve(), pause: () => undefined, srcObject: null }) as unknown as HTMLAudioElement;
const slot = (participant: string): SlotChange => ({ mid: '5', participant, source: 'camera', from: 1 });
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

let node: FakeNode;
let session: Session;
let made: FakeProtection[];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
    });
  sessionStorage.clear();
  FakePeer.made = [];
  node = new FakeNode();
  made = [];
  node.joined = { slots: [slot('p_bob')] };
  const media = new LocalMedia(new Devices(new FakeDevices()), fakeMemory());
  const encryption = {
    protect: () => {
      const protection = new FakeProtection();
      made.push(protection);
      return protection as unknown as ProtectedConnection;
    },
  };
  session = new Session({
    meeting: 'eu-fra-1', name: 'Ada', media, connect: node.connect, peers: FakePeer.factory, sound: new Sound(silent), storage: sessionStorage,
    trust: new FakeTrust(), api: { route: () => Promise.resolve(node.route) }, encryption,
  });
  session.start();
  await settle();
  FakePeer.last.become('connected');
  await settle(150);
});
afterEach(async () => {
  const leaving = session.leave();
  await settle(1000);
  await leaving;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('every sender and receiver is protected, in the order of the slots, before the offer', () => {
  expect(made).toHaveLength(1);
  expect(made[0]).toMatchObject({ sent: ['microphone', 'camera'], offered: false });
  expect(made[0]?.received).toEqual(FakePeer.last.transceivers.slice(2));
});

it('who is in a slot is told to the connection that it is about', async () => {
  expect(made[0]?.changes).toEqual([slot('p_bob')]);
  node.last.emit('slotChanged', slot('p_eve'));
  expect(made[0]?.changes).toEqual([slot('p_bob'), slot('p_eve')]);
  node.last.emit('move', { reason: 'plan', node: 'n_par', region: 'eu-par' });
  await settle();
  expect(made).toHaveLength(2);
  node.last.emit('slotChanged', slot('p_zoe'));
  expect(made[0]?.changes).toHaveLength(2);
  expect(made[1]?.changes).toEqual([slot('p_zoe')]);
  FakePeer.last.become('connected');
  expect(made.map(({ closed }) => closed)).toEqual([true, false]);
});

it('slots that are added later are protected, each once', async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ id: `p_${String(index)}`, name: 'x', microphone: true, camera: true, since: index }));
  for (const one of many) node.last.emit('participantJoined', one);
  session.show(many.map(({ id }) => ({ participant: id, height: 100 })));
  await settle(150);
  expect(made).toHaveLength(1);
  expect(made[0]?.received).toHaveLength(3 + 17);
  expect(new Set(made[0]?.received).size).toBe(3 + 17);
});
