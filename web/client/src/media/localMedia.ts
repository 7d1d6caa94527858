import { Store, type Readable } from '../store';
import type { Devices} from './devices';
import { type DeviceKind, type OpenResult } from './devices';
import type { DeviceFailure } from './failure';

export interface LocalDevice {
  /** What the person wants: on or off. */
  readonly on: boolean;
  readonly track: MediaStreamTrack | null;
  readonly failure: DeviceFailure | null;
  readonly deviceId: string | null;
  readonly opening: boolean;
}

export interface LocalMediaState {
  readonly microphone: LocalDevice;
  readonly camera: LocalDevice;
}

/** Where choices outlive the page. */
export interface Memory {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

const idle: LocalDevice = { on: true, track: null, failure: null, deviceId: null, opening: false };

/**
 * The own microphone and camera, before and in a meeting. A microphone that is off keeps its track, disabled, so that it
 * is back at once; a camera that is off is stopped, so that its lamp goes dark.
 */
export class LocalMedia {
  private readonly store: Store<LocalMediaState>;
  readonly state: Readable<LocalMediaState>;

  constructor(
    readonly devices: Devices,
    private readonly memory: Memory,
  ) {
    this.store = new Store<LocalMediaState>({
      microphone: { ...idle, deviceId: memory.read('microphone'), on: memory.read('microphoneOn') !== 'no' },
      camera: { ...idle, deviceId: memory.read('camera'), on: memory.read('cameraOn') !== 'no' },
    });
    this.state = this.store;
  }

  /** Asks for what is switched on. Resolves when each is up or has failed. */
  async start(): Promise<void> {
    const { microphone, camera } = this.store.get();
    if (microphone.on && camera.on) {
      this.change('microphone', { opening: true });
      this.change('camera', { opening: true });
      const results = await this.devices.openBoth(microphone.deviceId, camera.deviceId);
      this.take('microphone', results.microphone);
      this.take('camera', results.camera);
      return;
    }
    // A muted microphone is opened too: unmuting must not wait for a question.
    await this.open('microphone');
    if (camera.on) await this.open('camera');
  }

  /** Whether sound or a picture really goes out. */
  sends(kind: DeviceKind): boolean {
    const device = this.store.get()[kind];
    return device.on && device.track !== null;
  }

  async turn(kind: DeviceKind, on: boolean): Promise<void> {
    this.change(kind, { on });
    this.memory.write(`${kind}On`, on ? 'yes' : 'no');
    const { track } = this.store.get()[kind];
    if (kind === 'microphone' && track) {
      track.enabled = on;
    } else if (on && !track) {
      await this.open(kind);
    } else if (!on && track) {
      release(track);
      this.change(kind, { track: null });
    }
  }

  /** Changes the device; the old track ends only when the new one runs, so that others see no gap. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    this.memory.write(kind, deviceId);
    this.change(kind, { deviceId });
    const { on } = this.store.get()[kind];
    if (on || kind === 'microphone') await this.open(kind);
  }

  /** Ends all tracks: lamp off. */
  stop(): void {
    for (const kind of ['microphone', 'camera'] as const) {
      const { track } = this.store.get()[kind];
      if (track) release(track);
      this.change(kind, { track: null, opening: false });
    }
    this.devices.close();
  }

  private async open(kind: DeviceKind): Promise<void> {
    this.change(kind, { opening: true, failure: null });
    this.take(kind, await this.devices.open(kind, this.store.get()[kind].deviceId));
  }

  private take(kind: DeviceKind, result: OpenResult): void {
    const before = this.store.get()[kind];
    if (!result.track) {
      this.change(kind, { opening: false, failure: result.failure });
      return;
    }
    if (before.track && before.track !== result.track) release(before.track);
    if (kind === 'camera' && !before.on) {
      result.track.stop();
      this.change(kind, { opening: false, failure: null, track: null });
      return;
    }
    if (kind === 'microphone') result.track.enabled = before.on;
    result.track.onended = () => {
      this.lost(kind, result.track);
    };
    const deviceId = result.track.getSettings().deviceId ?? before.deviceId;
    this.change(kind, { opening: false, failure: null, track: result.track, deviceId });
  }

  /** The device was pulled out, or the permission withdrawn. */
  private lost(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this.store.get()[kind].track !== track) return;
    this.change(kind, { track: null, failure: 'missing' });
  }

  private change(kind: DeviceKind, fields: Partial<LocalDevice>): void {
    const state = this.store.get();
    this.store.set({ ...state, [kind]: { ...state[kind], ...fields } });
  }
}

function release(track: MediaStreamTrack): void {
  track.onended = null;
  track.stop();
}
