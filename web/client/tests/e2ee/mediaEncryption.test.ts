import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canEncryptMedia, MediaEncryption } from '../../src/e2ee/mediaEncryption';
import type { FromMediaWorker, MediaNotice } from '../../src/e2ee/messages';

class FakeWorker extends EventTarget {
  readonly got: unknown[] = [];
  ended = false;
  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.got.push(structuredClone(message, { transfer }));
  }

  terminate(): void {
    this.ended = true;
  }

  tell(data: FromMediaWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

class FakeTransform {
  constructor(readonly worker: unknown, readonly options: unknown) {}
}

const notice = (mid: string, participant: string): MediaNotice => ({ code: 'frames-undecryptable', mid, participant, sender: null, why: 'keys-missing' });
let worker: FakeWorker;
let media: MediaEncryption;

beforeEach(() => {
  vi.stubGlobal('RTCRtpScriptTransform', FakeTransform);
  worker = new FakeWorker();
  media = new MediaEncryption(worker);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const transceiverOf = (mid: string | null, receiver: RTCRtpReceiver) => ({ mid, receiver }) as RTCRtpTransceiver;
const receiverOf = (kind: string, stats: () => RTCStatsReport = () => new Map() as unknown as RTCStatsReport) =>
  ({ track: { kind }, transform: null, getStats: () => Promise.resolve(stats()) }) as unknown as RTCRtpReceiver;

describe('the page', () => {
  it('hands senders and receivers to the worker, each connection with a number of its own', () => {
    const [first, second] = [media.protect(), media.protect()];
    const sender = { transform: null } as RTCRtpSender;
    const camera = { sender } as RTCRtpTransceiver;
    const [sound, picture] = [receiverOf('audio'), receiverOf('video')];
    first.send(camera, 'camera');
    first.receive(transceiverOf(null, sound));
    second.receive(transceiverOf(null, picture));
    expect(sender.transform).toMatchObject({ worker, options: { side: 'send', source: 'camera' } });
    expect(sound.transform).toMatchObject({ options: { side: 'receive', connection: 1, slot: 0, kind: 'audio' } });
    expect(picture.transform).toMatchObject({ options: { side: 'receive', connection: 2, slot: 0, kind: 'video' } });
  });

  it('gives secrets away: they are gone from here', () => {
    const secret = new Uint8Array(32).fill(1);
    media.setEpoch({ generation: 1, epoch: 4, secret, members: new Map([[0, 'ada']]), self: 0 });
    expect(secret.length).toBe(0);
    expect(worker.got[0]).toMatchObject({ type: 'epoch', generation: 1, epoch: 4, members: [[0, 'ada']], self: 0 });
    expect([...(worker.got[0] as { secret: Uint8Array }).secret]).toEqual(Array.from({ length: 32 }, () => 1));
    media.allHave(1, 4);
    expect(worker.got[1]).toEqual({ type: 'allHave', generation: 1, epoch: 4 });
  });

  it('keeps one notice for each slot, until it is over', () => {
    worker.tell({ type: 'notice', notice: notice('5', 'ada') });
    worker.tell({ type: 'notice', notice: notice('6', 'bob') });
    worker.tell({ type: 'notice', notice: notice('5', 'eve') });
    expect(media.notices.get()).toEqual([notice('6', 'bob'), notice('5', 'eve')]);
    worker.tell({ type: 'noticeOver', mid: '6' });
    expect(media.notices.get()).toEqual([notice('5', 'eve')]);
    media.protect();
    expect(media.notices.get()).toEqual([]);
  });

  it('brings statistics to whoever asked', async () => {
    const [first, second] = [media.statistics(), media.statistics()];
    const statistics = (epoch: number) => ({ present: { generation: 1, epoch }, sending: [], slots: [] });
    worker.tell({ type: 'statistics', request: 2, statistics: statistics(2) });
    worker.tell({ type: 'statistics', request: 1, statistics: statistics(1) });
    expect([(await first).present?.epoch, (await second).present?.epoch]).toEqual([1, 2]);
  });

  it('ends the worker', () => {
    media.close();
    expect(worker.ended).toBe(true);
  });

  it('knows whether the browser can', () => {
    expect(canEncryptMedia()).toBe(true);
    vi.stubGlobal('RTCRtpScriptTransform', undefined);
    expect(canEncryptMedia()).toBe(false);
  });
});

describe('a picture that begins', () => {
  it('is watched, and has a key frame asked for when it stops', async () => {
    vi.useFakeTimers();
    let packets = 0;
    const report = () => new Map([['in', { type: 'inbound-rtp', packetsReceived: (packets += 5), framesReceived: 1, framesDecoded: 1 }]]);
    const connection = media.protect();
    connection.receive(transceiverOf('5', receiverOf('video', report as unknown as () => RTCStatsReport)));
    connection.slotChanged({ mid: '5', participant: 'bob', source: 'camera', from: 0 });
    expect(worker.got).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(worker.got).toContainEqual({ type: 'keyFrame', connection: 1, slot: 0 });
    connection.slotChanged({ mid: '5', participant: null, source: null, from: 9 });
    const before = worker.got.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(worker.got).toHaveLength(before);
    connection.close();
    expect(worker.got.at(-1)).toEqual({ type: 'connectionOver', connection: 1 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is watched no longer than it takes to begin, and sound never', async () => {
    vi.useFakeTimers();
    let frames = 0;
    const report = () => new Map([['in', { type: 'inbound-rtp', packetsReceived: frames * 3, framesReceived: (frames += 3), framesDecoded: frames }]]);
    const connection = media.protect();
    connection.receive(transceiverOf('5', receiverOf('video', report as unknown as () => RTCStatsReport)));
    connection.receive(transceiverOf('2', receiverOf('audio')));
    connection.slotChanged({ mid: '2', participant: 'bob', source: 'microphone', from: 0 });
    expect(vi.getTimerCount()).toBe(0);
    connection.slotChanged({ mid: '5', participant: 'bob', source: 'camera', from: 0 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(vi.getTimerCount()).toBe(0);
    expect(worker.got.some((message) => (message as { type: string }).type === 'keyFrame')).toBe(false);
  });
});
