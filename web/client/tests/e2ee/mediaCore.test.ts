// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaCore } from '../../src/e2ee/mediaCore';
import type { FromMediaWorker, MediaStatistics } from '../../src/e2ee/messages';
import { people, secretOf } from '../sframe/group';
import { FakeTransformer } from './fakeTransformer';

type Data = Uint8Array<ArrayBuffer>;
const frame: Data = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const many = Array.from({ length: 8 }, () => frame);
const slot = (participant: string | null, from: number | null = 0) =>
  ({ type: 'slot', connection: 1, slot: 3, change: { mid: '5', participant, source: participant === null ? null : 'camera', from } }) as const;

/** One person's worker. */
class Person {
  readonly told: FromMediaWorker[] = [];
  readonly core = new MediaCore((message) => this.told.push(message));

  constructor(private readonly leaf: number) {}

  async epoch(epoch: number, generation = 1, salt = 0): Promise<void> {
    await this.core.onMessage({ type: 'epoch', generation, epoch, secret: secretOf(generation, epoch, salt), members: [...people], self: this.leaf });
  }

  statistics(): MediaStatistics {
    void this.core.onMessage({ type: 'statistics', request: 1 });
    const last = this.told.findLast((message) => message.type === 'statistics');
    if (!last) throw new Error('no statistics');
    return last.statistics;
  }

  notices(): FromMediaWorker[] {
    return this.told.filter(({ type }) => type !== 'statistics');
  }
}

let ada: Person;
let bob: Person;
let camera: FakeTransformer;
let picture: FakeTransformer;

/** A turn of the event loop, whatever the timers of the test say. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
/** Lets the streams run dry, and so many ms pass; WebCrypto works in the background. */
const pass = async (ms = 0): Promise<void> => {
  for (let turns = 0; turns < 20; turns++) await turn();
  await vi.advanceTimersByTimeAsync(ms);
  for (let turns = 0; turns < 20; turns++) await turn();
};
const sent = async (...frames: Data[]): Promise<Data[]> => {
  const before = camera.out.length;
  for (const data of frames) camera.put(data);
  await vi.waitFor(() => { expect(camera.out.length).toBe(before + frames.length); });
  return camera.out.slice(before).map(({ data }) => new Uint8Array(data));
};
const shown = (): Data[] => picture.out.map(({ data }) => new Uint8Array(data));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  [ada, bob] = [new Person(0), new Person(1)];
  camera = new FakeTransformer({ side: 'send', source: 'camera' });
  picture = new FakeTransformer({ side: 'receive', connection: 1, slot: 3, kind: 'video' });
  void bob.core.onTransform(camera);
  void ada.core.onTransform(picture);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('frames', () => {
  it('go from one worker to the other in their order, and are longer by header and tag meanwhile', async () => {
    await Promise.all([bob.epoch(1), ada.epoch(1)]);
    await ada.core.onMessage(slot('bob'));
    const frames = [1, 3, 5, 7].map((first) => Uint8Array.from([first, 9, 9, 9]));
    for (const sealed of await sent(...frames)) picture.put(sealed);
    await vi.waitFor(() => { expect(shown()).toEqual(frames); });
    expect(bob.statistics()).toMatchObject({ present: { generation: 1, epoch: 1 }, sending: [{ source: 'camera', passed: 4, bytesAdded: 4 * 20 }] });
    expect(ada.statistics()).toMatchObject({ slots: [{ connection: 1, mid: '5', passed: 4, bytesAdded: 4 * 20 }] });
  });

  it('do not leave without a key, and the encoder begins anew when there is one', async () => {
    camera.put(frame, { type: 'key' });
    await pass();
    expect(camera.out).toEqual([]);
    expect(bob.statistics().sending[0]?.dropped['keys-missing']).toBe(1);
    await bob.epoch(1);
    await sent(frame);
    expect(camera.keyFrameRequests).toBe(1);
  });

  it('that wait for a key or for the slot to be told open when it comes, without a key frame asked for', async () => {
    await bob.epoch(1);
    const [first, second] = await sent(frame, frame);
    picture.put(first ?? frame);
    picture.put(second ?? frame);
    await pass(50);
    await ada.epoch(1);
    await pass(50);
    await ada.core.onMessage(slot('bob'));
    await vi.waitFor(() => { expect(shown()).toEqual([frame, frame]); });
    expect(picture.keyFrameRequests).toBe(0);
  });

  it('wait no longer than they may, and only the first one does; what was lost then is asked for once', async () => {
    await Promise.all([bob.epoch(1), ada.epoch(1)]);
    const sealed = await sent(frame, frame, frame, frame);
    await ada.core.onMessage(slot('eve'));
    for (const data of sealed.slice(0, 3)) picture.put(data);
    await vi.waitFor(() => { expect(ada.statistics().slots[0]?.dropped['sender-other']).toBe(3); });
    await ada.core.onMessage(slot('bob'));
    picture.put(sealed[3] ?? frame);
    await vi.waitFor(() => { expect(shown()).toEqual([frame]); });
    expect(picture.keyFrameRequests).toBe(1);
  });

  it('that nothing can be made of end nothing', async () => {
    await Promise.all([bob.epoch(1), ada.epoch(1)]);
    await ada.core.onMessage(slot('bob'));
    picture.put(new Uint8Array());
    picture.put(Uint8Array.of(1, 2, 3), { mimeType: 'video/unheard-of' });
    const [sealed] = await sent(frame);
    picture.put(sealed ?? frame);
    await vi.waitFor(() => { expect(shown()).toEqual([frame]); });
    expect(ada.statistics().slots[0]?.dropped).toMatchObject({ malformed: 1, 'codec-unknown': 1 });
  });

  it('of a connection that is over leave no trace', async () => {
    await ada.core.onMessage(slot('bob'));
    expect(ada.statistics().slots).toHaveLength(1);
    picture.end();
    camera.end();
    await ada.core.onMessage({ type: 'connectionOver', connection: 1 });
    await pass();
    expect(ada.statistics().slots).toHaveLength(0);
    expect(bob.statistics().sending).toHaveLength(0);
  });
});

describe('a new epoch', () => {
  const epochsSent = async (): Promise<number> => {
    const [sealed] = await sent(frame);
    // Clear byte, first byte of the header, leaf 1 in one byte, epoch in two.
    return ((sealed?.[3] ?? 0) << 8) | (sealed?.[4] ?? 0);
  };

  it('is sent in as soon as all have it', async () => {
    await bob.epoch(1);
    await bob.epoch(2);
    expect(await epochsSent()).toBe(1);
    await bob.core.onMessage({ type: 'allHave', generation: 1, epoch: 1 });
    expect(await epochsSent()).toBe(1);
    await bob.core.onMessage({ type: 'allHave', generation: 1, epoch: 2 });
    expect(await epochsSent()).toBe(2);
  });

  it('is sent in after a second in any case', async () => {
    await bob.epoch(1);
    await bob.epoch(2);
    await pass(999);
    expect(await epochsSent()).toBe(1);
    await pass(1);
    expect(await epochsSent()).toBe(2);
  });

  it('costs no key frame where nothing is lost', async () => {
    await Promise.all([bob.epoch(1), ada.epoch(1)]);
    await ada.core.onMessage(slot('bob'));
    for (const epoch of [2, 3, 4]) {
      await Promise.all([bob.epoch(epoch), ada.epoch(epoch)]);
      const [before] = await sent(frame);
      await pass(1000);
      const [after] = await sent(frame);
      picture.put(before ?? frame);
      picture.put(after ?? frame);
    }
    await vi.waitFor(() => { expect(picture.out).toHaveLength(6); });
    expect([picture.keyFrameRequests, camera.keyFrameRequests]).toEqual([0, 0]);
  });
});

describe('notices', () => {
  const dropped = async (sealed: readonly Data[]): Promise<void> => {
    for (const data of sealed) {
      picture.put(data);
      await pass(600);
    }
  };

  it('say whose key is missing after 2 s, and that it is over', async () => {
    await bob.epoch(2);
    await ada.epoch(1);
    await ada.core.onMessage(slot('bob'));
    const sealed = await sent(frame, frame, frame, frame, frame, frame);
    await dropped(sealed.slice(0, 5));
    const notice = { code: 'frames-undecryptable', mid: '5', participant: 'bob', sender: 'bob', why: 'epoch-unknown' };
    expect(ada.notices()).toEqual([{ type: 'notice', notice }]);
    await ada.epoch(2);
    picture.put(sealed[5] ?? frame);
    await vi.waitFor(() => { expect(ada.notices()).toHaveLength(2); });
    expect(ada.notices()[1]).toEqual({ type: 'noticeOver', mid: '5' });
  });

  it('name a wrong key, swapped streams and replayed epochs', async () => {
    await bob.epoch(1);
    await ada.epoch(1, 1, 9);
    await ada.core.onMessage(slot('bob'));
    await dropped(await sent(...many));
    await ada.core.onMessage(slot('eve'));
    await dropped(await sent(...many));
    await ada.epoch(2);
    await pass(10_001);
    await ada.core.onMessage(slot('bob'));
    await dropped(await sent(...many));
    expect(ada.notices().flatMap((told) => (told.type === 'notice' ? [[told.notice.code, told.notice.why]] : []))).toEqual([
      ['frames-undecryptable', 'not-authentic'],
      ['stream-swapped', 'sender-other'],
      ['old-epoch-replay', 'epoch-over'],
    ]);
    expect(picture.out).toEqual([]);
  });

  it('are for the newest connection only', async () => {
    await bob.epoch(2);
    await ada.epoch(1);
    await ada.core.onMessage(slot('bob'));
    await ada.core.onMessage({ ...slot('bob'), connection: 2 });
    await dropped(await sent(frame, frame, frame, frame, frame));
    expect(ada.notices()).toEqual([]);
  });
});

describe('a picture that does not begin', () => {
  it('has a key frame asked for', async () => {
    await ada.core.onMessage({ type: 'keyFrame', connection: 1, slot: 3 });
    await ada.core.onMessage({ type: 'keyFrame', connection: 7, slot: 3 });
    expect(picture.keyFrameRequests).toBe(1);
  });

  it('has none asked for while its frames do not open: it would not open either', async () => {
    await bob.epoch(1);
    await ada.core.onMessage(slot('bob'));
    picture.put((await sent(frame))[0] ?? frame);
    await pass(400);
    expect(ada.statistics().slots[0]?.dropped['keys-missing']).toBe(1);
    await ada.core.onMessage({ type: 'keyFrame', connection: 1, slot: 3 });
    expect(picture.keyFrameRequests).toBe(0);
  });
});
