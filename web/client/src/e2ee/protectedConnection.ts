import type { SlotChange, SourceName } from '../signalling/messages';
import type { ToMediaWorker, TransformOptions } from './messages';
import type { MediaWorker } from './mediaEncryption';
import { StartWatcher } from './startWatcher';

/** One peer connection's senders and receivers, all of whose frames go through the worker. */
export class ProtectedConnection {
  private readonly receivers = new Map<string, RTCRtpReceiver>();
  private readonly starts = new StartWatcher((mid) => {
    this.post({ type: 'keyFrame', connection: this.number, mid });
  });

  constructor(
    private readonly number: number,
    private readonly worker: MediaWorker,
  ) {}

  /** Before the first offer, so that no frame leaves unsealed. */
  send(sender: RTCRtpSender, source: SourceName): void {
    sender.transform = this.transform({ side: 'send', source });
  }

  /** As soon as the slot has its mid, and before the answer is applied, so that no frame comes in unopened. */
  receive(receiver: RTCRtpReceiver, mid: string): void {
    const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
    this.receivers.set(mid, receiver);
    receiver.transform = this.transform({ side: 'receive', connection: this.number, mid, kind });
  }

  /** Who is in the slot now: frames of anyone else are not opened. */
  slotChanged(change: SlotChange): void {
    this.post({ type: 'slot', connection: this.number, change });
    const receiver = this.receivers.get(change.mid);
    if (change.participant === null || receiver?.track.kind !== 'video') this.starts.end(change.mid);
    else this.starts.begin(change.mid, receiver);
  }

  close(): void {
    this.starts.close();
    this.post({ type: 'connectionOver', connection: this.number });
  }

  private transform(options: TransformOptions): RTCRtpScriptTransform {
    return new RTCRtpScriptTransform(this.worker as Worker, options);
  }

  private post(message: ToMediaWorker): void {
    this.worker.postMessage(message);
  }
}
