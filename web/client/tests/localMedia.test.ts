import { beforeEach, describe, expect, it } from 'vitest';
import { Devices } from '../src/media/devices';
import { LocalMedia } from '../src/media/localMedia';
import { FakeDevices, fakeMemory } from './fakes/fakeDevices';

let port: FakeDevices;
const make = (memory = fakeMemory()): LocalMedia => new LocalMedia(new Devices(port), memory);

beforeEach(() => {
  port = new FakeDevices();
});

describe('LocalMedia', () => {
  it('asks one question for both devices', async () => {
    const media = make();
    await media.start();
    expect(port.asked).toHaveLength(1);
    expect(media.sends('microphone')).toBe(true);
    expect(media.sends('camera')).toBe(true);
    expect(media.devices.lists.get().cameras).toEqual([{ id: 'c1', label: 'Webcam' }]);
  });

  it('keeps the microphone when the camera is busy, and says which failed', async () => {
    port.fail = { video: 'NotReadableError' };
    const media = make();
    await media.start();
    expect(media.sends('microphone')).toBe(true);
    expect(media.state.get().camera).toMatchObject({ track: null, failure: 'busy', opening: false });
  });

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'missing'],
    ['AbortError', 'busy'],
    ['SomethingNew', 'failed'],
  ])('sorts %s as %s', async (name, failure) => {
    port.fail = { audio: name, video: name };
    const media = make();
    await media.start();
    expect(media.state.get().microphone.failure).toBe(failure);
    expect(media.state.get().camera.failure).toBe(failure);
  });

  it('has a word for pages that get no devices at all', async () => {
    const media = new LocalMedia(new Devices(undefined), fakeMemory());
    await media.start();
    expect(media.state.get().camera.failure).toBe('insecure');
  });

  it('mutes without giving the microphone back, so that unmuting is at once', async () => {
    const media = make();
    await media.start();
    const { track } = media.state.get().microphone;
    await media.turn('microphone', false);
    expect(track?.enabled).toBe(false);
    expect(track?.stop).not.toHaveBeenCalled();
    expect(media.sends('microphone')).toBe(false);
    await media.turn('microphone', true);
    expect(track?.enabled).toBe(true);
    expect(port.asked).toHaveLength(1);
  });

  it('stops the camera when it is turned off, so that its lamp goes out', async () => {
    const media = make();
    await media.start();
    const { track } = media.state.get().camera;
    await media.turn('camera', false);
    expect(track?.stop).toHaveBeenCalledOnce();
    expect(media.state.get().camera.track).toBeNull();
    await media.turn('camera', true);
    expect(media.state.get().camera.track).not.toBe(track);
    expect(media.sends('camera')).toBe(true);
  });

  it('ends the old camera only when the new one runs', async () => {
    const media = make();
    await media.start();
    const old = media.state.get().camera.track;
    const change = media.choose('camera', 'c2');
    expect(old?.stop).not.toHaveBeenCalled();
    await change;
    expect(old?.stop).toHaveBeenCalledOnce();
    expect(port.asked.at(-1)).toMatchObject({ video: { deviceId: { exact: 'c2' } } });
  });

  it('keeps a new microphone muted while muted', async () => {
    const media = make();
    await media.start();
    await media.turn('microphone', false);
    await media.choose('microphone', 'm2');
    expect(media.state.get().microphone.track?.enabled).toBe(false);
  });

  it('remembers choices for the next visit and does not open a camera that was left off', async () => {
    const memory = fakeMemory();
    const media = make(memory);
    await media.start();
    await media.turn('camera', false);
    const next = make(fakeMemory(memory.values));
    await next.start();
    expect(next.state.get().camera).toMatchObject({ on: false, track: null, failure: null });
    expect(next.sends('microphone')).toBe(true);
  });

  it('notices a device that is pulled out', async () => {
    const media = make();
    await media.start();
    const { track } = media.state.get().camera;
    track?.onended?.(new Event('ended'));
    expect(media.state.get().camera).toMatchObject({ track: null, failure: 'missing' });
    expect(media.sends('camera')).toBe(false);
  });

  it('ends everything on stop', async () => {
    const media = make();
    await media.start();
    media.stop();
    for (const track of port.opened) expect(track.stop).toHaveBeenCalledOnce();
  });
});
