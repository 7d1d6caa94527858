import { Store, type Readable } from '../store';
import type { EpochKeys } from './mediaKeys';
import type { FromMediaWorker, MediaNotice, MediaStatistics, ToMediaWorker } from './messages';
import { ProtectedConnection } from './protectedConnection';

/** The worker that seals and opens, and with which the page speaks. */
export interface MediaWorker extends Pick<Worker, 'addEventListener' | 'removeEventListener' | 'terminate'> {
  postMessage(message: ToMediaWorker, transfer?: Transferable[]): void;
}

/** Whether this browser hands encoded frames to a worker: Chromium and Firefox, and Safari by the same interface, untested. */
export function canEncryptMedia(): boolean {
  return typeof RTCRtpScriptTransform === 'function';
}

/** Starts the worker. */
export function startMediaWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'end-to-end encryption' });
}

/**
 * The page's end of the encryption of media. Everything that is sent or received through its connections goes through
 * the worker; without keys, or without a worker, nothing goes out and nothing is shown.
 */
export class MediaEncryption {
  private readonly store = new Store<readonly MediaNotice[]>([]);
  /** What people must know now, one notice a slot. */
  readonly notices: Readable<readonly MediaNotice[]> = this.store;
  private connections = 0;
  private requests = 0;
  private readonly waiting = new Map<number, (statistics: MediaStatistics) => void>();

  constructor(private readonly worker: MediaWorker) {
    worker.addEventListener('message', this.onMessage);
  }

  /** For a new peer connection. Its slots, not those of the ones before, are told of from now on. */
  protect(): ProtectedConnection {
    this.store.set([]);
    return new ProtectedConnection(++this.connections, this.worker);
  }

  /** Hands over an epoch's keys that were agreed on outside of the worker; the secret is gone from here afterwards. */
  setEpoch({ members, ...keys }: EpochKeys): void {
    this.worker.postMessage({ type: 'epoch', ...keys, members: [...members] }, [keys.secret.buffer]);
  }

  /** Every member has this epoch. */
  allHave(generation: number, epoch: number): void {
    this.worker.postMessage({ type: 'allHave', generation, epoch });
  }

  statistics(): Promise<MediaStatistics> {
    const request = ++this.requests;
    this.worker.postMessage({ type: 'statistics', request });
    return new Promise((resolve) => this.waiting.set(request, resolve));
  }

  /** Ends the worker, and with it all keys. */
  close(): void {
    this.worker.removeEventListener('message', this.onMessage);
    this.worker.terminate();
    this.store.set([]);
  }

  private readonly onMessage = ({ data }: MessageEvent<FromMediaWorker>): void => {
    if (data.type === 'notice') this.store.set([...this.without(data.notice.mid), data.notice]);
    else if (data.type === 'noticeOver') this.store.set(this.without(data.mid));
    else if (data.type === 'statistics') {
      this.waiting.get(data.request)?.(data.statistics);
      this.waiting.delete(data.request);
    }
  };

  private without(mid: string | null): readonly MediaNotice[] {
    return this.store.get().filter((notice) => notice.mid !== mid);
  }
}

