import { Store, type Readable } from '../store';
import { classifyDeviceError, type DeviceFailure } from './failure';

export type DeviceKind = 'microphone' | 'camera';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export interface DeviceLists {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
}

export type OpenResult =
  | { readonly track: MediaStreamTrack; readonly failure: null }
  | { readonly track: null; readonly failure: DeviceFailure };

/** The part of navigator.mediaDevices that is used; absent on pages without a secure context. */
export type MediaDevicesPort = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

const cameraWish = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };
const microphoneWish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

function constraints(kind: DeviceKind, id: string | null): MediaStreamConstraints {
  const device = id === null ? {} : { deviceId: { exact: id } };
  return kind === 'camera' ? { video: { ...cameraWish, ...device } } : { audio: { ...microphoneWish, ...device } };
}

/** What this machine can hear and see with. Lists follow the browser's own changes while anybody listens. */
export class Devices {
  private readonly store = new Store<DeviceLists>({ microphones: [], cameras: [], speakers: [] });
  readonly lists: Readable<DeviceLists> = this.store;
  private readonly onChange = (): void => void this.refresh();

  constructor(
    private readonly port: MediaDevicesPort | undefined = (globalThis.navigator as Partial<Navigator>).mediaDevices,
  ) {
    port?.addEventListener('devicechange', this.onChange);
  }

  close(): void {
    this.port?.removeEventListener('devicechange', this.onChange);
  }

  /** Opens a device; a remembered one that is gone gives way to the browser's choice. */
  async open(kind: DeviceKind, id: string | null): Promise<OpenResult> {
    if (!this.port) return { track: null, failure: 'insecure' };
    const result = await this.tryOpen(this.port, kind, id);
    if (id !== null && result.failure === 'missing') return this.tryOpen(this.port, kind, null);
    return result;
  }

  /**
   * Opens both with one question to the person; when that fails (one is missing, one is busy), each alone, so that a
   * broken camera does not cost the microphone.
   */
  async openBoth(microphone: string | null, camera: string | null): Promise<Record<DeviceKind, OpenResult>> {
    if (this.port) {
      try {
        const stream = await this.port.getUserMedia({
          ...constraints('microphone', microphone),
          ...constraints('camera', camera),
        });
        await this.refresh();
        return {
          microphone: opened(stream.getAudioTracks()[0]),
          camera: opened(stream.getVideoTracks()[0]),
        };
      } catch {
        // Which of the two it was, only asking for each tells.
      }
    }
    const first = await this.open('microphone', microphone);
    return { microphone: first, camera: await this.open('camera', camera) };
  }

  async refresh(): Promise<void> {
    if (!this.port) return;
    const all = await this.port.enumerateDevices().catch(() => []);
    const pick = (kind: MediaDeviceKind): Device[] =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    this.store.set({
      microphones: pick('audioinput'),
      cameras: pick('videoinput'),
      speakers: pick('audiooutput'),
    });
  }

  private async tryOpen(port: MediaDevicesPort, kind: DeviceKind, id: string | null): Promise<OpenResult> {
    try {
      const stream = await port.getUserMedia(constraints(kind, id));
      await this.refresh();
      return opened(stream.getTracks()[0]);
    } catch (error) {
      return { track: null, failure: classifyDeviceError(error) };
    }
  }
}

function opened(track: MediaStreamTrack | undefined): OpenResult {
  return track ? { track, failure: null } : { track: null, failure: 'failed' };
}
