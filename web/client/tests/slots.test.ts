// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatePicture, type GatedVideo } from '../src/slots/pictureGate';
import { SlotTable } from '../src/slots/slotTable';
import { isAtOrAfter } from '../src/slots/timestamps';
import { fakeTrack } from './fakes/fakePeer';

describe('SlotTable', () => {
  const camera = (mid: string, participant: string | null, from = 1) =>
    ({ mid, participant, source: participant === null ? null : ('camera' as const), from });

  it('joins tracks and occupants in whatever order they come', () => {
    const table = new SlotTable();
    table.change(camera('5', 'ada'));
    expect(table.contents()).toEqual([]);
    const track = fakeTrack('video');
    table.addTrack('5', track);
    expect(table.contents()).toEqual([{ mid: '5', track, participant: 'ada', source: 'camera', from: 1 }]);
  });

  it('takes the slot from its former occupant at once', () => {
    const table = new SlotTable();
    table.addTrack('5', fakeTrack('video'));
    table.change(camera('5', 'ada'));
    table.change(camera('5', 'bob', 9));
    expect(table.contents().map(({ participant, from }) => [participant, from])).toEqual([['bob', 9]]);
    table.change(camera('5', null));
    expect(table.contents()).toEqual([]);
  });

  it('follows a participant who moves to another slot, even to one used before', () => {
    const table = new SlotTable();
    table.addTrack('5', fakeTrack('video'));
    table.addTrack('6', fakeTrack('video'));
    table.change(camera('5', 'ada'));
    table.change(camera('6', 'ada'));
    expect(table.contents().map(({ mid }) => mid)).toEqual(['6']);
    table.change(camera('5', 'ada'));
    expect(table.contents().map(({ mid }) => mid)).toEqual(['5']);
  });

  it('forgets everything with a new connection', () => {
    const table = new SlotTable();
    table.addTrack('5', fakeTrack('video'));
    table.change(camera('5', 'ada'));
    table.clear();
    expect(table.contents()).toEqual([]);
  });
});

describe('isAtOrAfter', () => {
  it('compares across the wrap', () => {
    expect(isAtOrAfter(10, 10)).toBe(true);
    expect(isAtOrAfter(9, 10)).toBe(false);
    expect(isAtOrAfter(5, 0xfffffff0)).toBe(true);
    expect(isAtOrAfter(0xfffffff0, 5)).toBe(false);
  });
});

describe('gatePicture', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('MediaStream', function MediaStream() { // Holds nothing.
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function video(callbacks = true) {
    const pending: VideoFrameRequestCallback[] = [];
    const element: GatedVideo = { srcObject: null, play: () => Promise.resolve() };
    if (callbacks) {
      element.requestVideoFrameCallback = (callback) => pending.push(callback);
      element.cancelVideoFrameCallback = vi.fn();
    }
    const frame = (rtpTimestamp?: number): void => {
      pending.shift()?.(0, { rtpTimestamp } as VideoFrameCallbackMetadata);
    };
    return { element, frame };
  }

  it("hides frames from before the switch: they are another's picture", () => {
    const { element, frame } = video();
    const reveal = vi.fn();
    gatePicture(element, fakeTrack('video'), 1000, reveal);
    frame(400);
    frame(999);
    expect(reveal).not.toHaveBeenCalled();
    frame(1000);
    expect(reveal).toHaveBeenCalledOnce();
  });

  it('waits a moment where frames carry no timestamp', () => {
    const { element, frame } = video();
    const reveal = vi.fn();
    gatePicture(element, fakeTrack('video'), 1000, reveal);
    frame();
    expect(reveal).not.toHaveBeenCalled();
    vi.advanceTimersByTime(500);
    expect(reveal).toHaveBeenCalledOnce();
  });

  it('waits a moment where there are no frame callbacks', () => {
    const { element } = video(false);
    const reveal = vi.fn();
    gatePicture(element, fakeTrack('video'), 1000, reveal);
    vi.advanceTimersByTime(500);
    expect(reveal).toHaveBeenCalledOnce();
  });

  it('shows nothing after it was ended', () => {
    const { element, frame } = video();
    const reveal = vi.fn();
    const end = gatePicture(element, fakeTrack('video'), 1000, reveal);
    end();
    frame(2000);
    vi.advanceTimersByTime(1000);
    expect(reveal).not.toHaveBeenCalled();
    expect(element.srcObject).toBeNull();
  });
});
