import { vi } from 'vitest';
import type { MediaDevicesPort } from '../../src/media/devices';
import type { Memory } from '../../src/media/localMedia';
import { fakeTrack } from './fakePeer';

/** Cameras and microphones that come up, or fail as `fail` says. */
export class FakeDevices implements MediaDevicesPort {
  fail: Partial<Record<'audio' | 'video', string>> = {};
  asked: MediaStreamConstraints[] = [];
  opened: MediaStreamTrack[] = [];
  addEventListener = vi.fn();
  removeEventListener = vi.fn();

  getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    this.asked.push(constraints);
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind]);
    const name = kinds.map((kind) => this.fail[kind]).find((one) => one !== undefined);
    if (name !== undefined) return Promise.reject(new DOMException('', name));
    const tracks = kinds.map((kind) => fakeTrack(kind, `${kind}-${String(this.asked.length)}`));
    this.opened.push(...tracks);
    return Promise.resolve({
      getTracks: () => tracks,
      getAudioTracks: () => tracks.filter((track) => track.kind === 'audio'),
      getVideoTracks: () => tracks.filter((track) => track.kind === 'video'),
    } as unknown as MediaStream);
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve([
      { kind: 'audioinput', deviceId: 'm1', label: 'Built-in' },
      { kind: 'videoinput', deviceId: 'c1', label: 'Webcam' },
      { kind: 'videoinput', deviceId: '', label: '' },
    ] as MediaDeviceInfo[]);
  }
}

export function fakeMemory(values: Record<string, string> = {}): Memory & { values: Record<string, string> } {
  return {
    values,
    read: (key) => values[key] ?? null,
    write: (key, value) => {
      values[key] = value;
    },
  };
}
