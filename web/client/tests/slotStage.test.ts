import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlotStage } from '../src/slots/slotStage';
import { fakeTrack } from './fakes/fakePeer';

const slot = (mid: string, participant: string | null) => ({ mid, participant, source: 'camera' as const, from: 1 });
const muted = (name: string) => Object.assign(fakeTrack('video', name), { muted: true }) as MediaStreamTrack & { muted: boolean; dispatch(event: string): void };

let changed: ReturnType<typeof vi.fn<() => void>>;
let stage: SlotStage;
const shown = (): string[] => stage.contents().map(({ participant, track }) => `${participant} ${track.id}`);

beforeEach(() => {
  vi.useFakeTimers();
  changed = vi.fn();
  stage = new SlotStage(changed);
  stage.addTrack('5', fakeTrack('video', 'old'));
  stage.change(slot('5', 'bob'));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('SlotStage', () => {
  it('goes on showing the present connection while another is made', () => {
    stage.prepare();
    stage.change(slot('5', 'eve'));
    expect(shown()).toEqual(['bob old']);
    stage.takeOver(false);
    stage.addTrack('5', fakeTrack('video', 'new'));
    expect(shown()).toEqual(['eve new']);
  });

  it('forgets at once what did not work any more', () => {
    stage.takeOver(false);
    expect(shown()).toEqual([]);
  });

  it('holds each picture until its new track brings something', () => {
    stage.prepare();
    stage.takeOver(true);
    expect(shown()).toEqual(['bob old']);
    const track = muted('new');
    stage.addTrack('6', track);
    stage.change(slot('6', 'bob'));
    expect(shown()).toEqual(['bob old']);
    track.muted = false;
    track.dispatch('unmute');
    expect(changed).toHaveBeenCalledTimes(1);
    expect(shown()).toEqual(['bob new']);
  });

  it('shows newcomers beside the held pictures', () => {
    stage.prepare();
    stage.takeOver(true);
    stage.addTrack('6', fakeTrack('video', 'new'));
    stage.change(slot('6', 'eve'));
    expect(shown().sort()).toEqual(['bob old', 'eve new']);
  });

  it('holds nothing for longer than a picture takes to come', () => {
    stage.prepare();
    stage.takeOver(true);
    vi.advanceTimersByTime(1500);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(shown()).toEqual([]);
  });

  it('starts anew with each attempt to replace the connection', () => {
    stage.prepare();
    stage.change(slot('5', 'eve'));
    stage.prepare();
    stage.takeOver(false);
    stage.addTrack('5', fakeTrack('video', 'new'));
    expect(shown()).toEqual([]);
  });

  it('is empty after the end', () => {
    stage.prepare();
    stage.takeOver(true);
    stage.clear();
    vi.advanceTimersByTime(5000);
    expect([shown(), changed.mock.calls]).toEqual([[], []]);
  });
});
