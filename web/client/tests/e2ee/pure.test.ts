// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { KeyFrameNeed } from '../../src/e2ee/keyFrameNeed';
import { Signal } from '../../src/e2ee/signal';
import { SlotHealth } from '../../src/e2ee/slotHealth';
import { SlotOccupants } from '../../src/e2ee/slotOccupants';
import { StartWatch } from '../../src/e2ee/startWatch';

const [bob, eve] = [{ participant: 'bob', source: 'camera' }, { participant: 'eve', source: 'camera' }] as const;
const change = (occupant: typeof bob | typeof eve | null, from: number | null) => ({
  mid: '5', participant: occupant?.participant ?? null, source: occupant?.source ?? null, from,
});

describe('the occupants of a slot', () => {
  it('are told apart by timestamp while frames of both are under way', () => {
    const slot = new SlotOccupants();
    expect(slot.at(0, 0)).toBeNull();
    slot.change(change(bob, 100), 0);
    slot.change(change(eve, 900), 20_000);
    expect(slot.at(899, 20_000)).toEqual(bob);
    expect(slot.at(900, 20_000)).toEqual(eve);
    expect(slot.at(null, 20_000)).toEqual(eve);
    expect(slot.present).toEqual(eve);
  });

  it('are told apart across the wrap', () => {
    const slot = new SlotOccupants();
    slot.change(change(bob, null), 0);
    slot.change(change(eve, 0xffff_fff0), 0);
    expect(slot.at(0xffff_ffef, 0)).toEqual(bob);
    expect(slot.at(5, 0)).toEqual(eve);
  });

  it('stay for hours, though the timestamp comes round', () => {
    const slot = new SlotOccupants();
    slot.change(change(bob, 100), 0);
    expect(slot.at(0x9000_0000, 7 * 3600_000)).toEqual(bob);
  });

  it('are nobody in an empty slot', () => {
    const slot = new SlotOccupants();
    slot.change(change(bob, 100), 0);
    slot.change(change(null, 500), 30_000);
    expect(slot.at(499, 30_000)).toEqual(bob);
    expect(slot.at(501, 30_000)).toBeNull();
    expect(slot.at(499, 50_000)).toBeNull();
    expect(slot.present).toBeNull();
  });
});

describe('the health of a slot', () => {
  it('is worth a notice after 2 s without a key, once', () => {
    const health = new SlotHealth();
    const drop = (now: number) => health.onDropped('epoch-unknown', 'bob', '5', bob, now);
    expect(drop(0)).toBeNull();
    expect(drop(1999)).toBeNull();
    expect(drop(2000)).toEqual({ code: 'frames-undecryptable', mid: '5', participant: 'bob', sender: 'bob', why: 'epoch-unknown' });
    expect(drop(9000)).toBeNull();
    expect(health.recover()).toBe(true);
    expect(health.recover()).toBe(false);
    expect(drop(10_000)).toBeNull();
  });

  it('says sooner that a stream is another\'s, and says anew when the reason changes', () => {
    const health = new SlotHealth();
    expect(health.onDropped('sender-other', 'eve', '5', bob, 0)).toBeNull();
    expect(health.onDropped('sender-other', 'eve', '5', bob, 1000)).toMatchObject({ code: 'stream-swapped', participant: 'bob', sender: 'eve' });
    expect(health.onDropped('epoch-over', 'bob', '5', bob, 1100)).toBeNull();
    expect(health.onDropped('epoch-over', 'bob', '5', bob, 3100)).toMatchObject({ code: 'old-epoch-replay' });
  });

  it('does not suffer from replays', () => {
    const health = new SlotHealth();
    expect(health.onDropped('replayed', 'bob', '5', bob, 0)).toBeNull();
    expect(health.onDropped('replayed', 'bob', '5', bob, 60_000)).toBeNull();
  });
});

describe('the need for a key frame', () => {
  it('is none when keys change and nothing is lost', () => {
    const need = new KeyFrameNeed();
    for (let now = 0; now < 10_000; now += 33) expect(need.onPassed(false, now)).toBe(false);
  });

  it('is there once frames can be read after a loss, until one comes, once a second', () => {
    const need = new KeyFrameNeed();
    need.onLost();
    expect(need.onPassed(false, 0)).toBe(true);
    expect(need.onPassed(false, 999)).toBe(false);
    expect(need.onPassed(false, 1000)).toBe(true);
    expect(need.onPassed(true, 2500)).toBe(false);
    expect(need.onPassed(false, 5000)).toBe(false);
  });
});

describe('the watch over a picture that begins', () => {
  const sample = (packets: number, frames: number, decoded = frames) => ({ packets, frames, decoded });

  it('asks when frames stand still for 300 ms while packets come, each time later', () => {
    const watch = new StartWatch(0);
    expect(watch.onSample(sample(3, 1), 0)).toBe(false);
    expect(watch.onSample(sample(6, 1), 100)).toBe(false);
    expect(watch.onSample(sample(9, 1), 399)).toBe(false);
    expect(watch.onSample(sample(12, 1), 400)).toBe(true);
    expect(watch.onSample(sample(15, 1), 500)).toBe(false);
    expect(watch.onSample(sample(18, 1), 1099)).toBe(false);
    expect(watch.onSample(sample(21, 1), 1100)).toBe(true);
  });

  it('does not ask while nothing comes, or while frames do', () => {
    const watch = new StartWatch(0);
    for (let now = 0; now < 5000; now += 100) expect(watch.onSample(sample(10, 1), now)).toBe(false);
    for (let frame = 2; frame < 12; frame++) expect(watch.onSample(sample(10 * frame, frame), 5000 + frame * 100)).toBe(false);
  });

  it('is over when the picture has begun, after 6 s, or after 4 requests', () => {
    const begun = new StartWatch(0);
    begun.onSample(sample(100, 50), 0);
    expect(begun.isOver(100)).toBe(false);
    begun.onSample(sample(130, 60), 400);
    expect(begun.isOver(400)).toBe(true);
    expect(new StartWatch(0).isOver(6000)).toBe(true);
    const stuck = new StartWatch(0);
    let asked = 0;
    for (let now = 0; now < 100_000 && asked < 4; now += 100) if (stuck.onSample(sample(now, 1), now)) asked++;
    expect(asked).toBe(4);
    expect(stuck.isOver(0)).toBe(true);
  });
});

describe('the signal', () => {
  it('wakes all who wait, and at once who missed it', async () => {
    const signal = new Signal();
    const { changes } = signal;
    const waits = [signal.wait(changes, 60_000), signal.wait(changes, 60_000)];
    signal.fire();
    await Promise.all([...waits, signal.wait(changes, 60_000)]);
  });

  it('wakes nobody later than said', async () => {
    vi.useFakeTimers();
    const signal = new Signal();
    let woken = false;
    const wait = signal.wait(signal.changes, 100).then(() => { woken = true; });
    await vi.advanceTimersByTimeAsync(99);
    expect(woken).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await wait;
    vi.useRealTimers();
  });
});
