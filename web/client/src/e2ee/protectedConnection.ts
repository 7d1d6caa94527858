import type { SlotChange, SourceName } from '../signalling/messages';
import type { MediaWorker } from './mediaEncryption';
import type { ToMediaWorker, TransformOptions } from './messages';
import { StartWatcher } from './startWatcher';

/**
 * One peer connection's senders and receivers, all of whose frames go through the worker. Each is to be handed over in
 * the same turn in which it was made: a browser may let the frames of one without a transform pass from the next turn on.
 */
export class ProtectedConnection {
  private readonly slots: RTCRtpTransceiver[] = [];
  private readonly starts = new StartWatcher((slot) => {
    this.post({ type: 'keyFrame', connection: this.number, slot });
  });

  constructor(
    private readonly number: number,
    private readonly worker: MediaWorker,
  ) {}

  send({ sender }: RTCRtpTransceiver, source: SourceName): void {
    sender.transform = this.transform({ side: 'send', source });
  }

  receive(transceiver: RTCRtpTransceiver): void {
    const { receiver } = transceiver;
    const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
    const slot = this.slots.push(transceiver) - 1;
    receiver.transform = this.transform({ side: 'receive', connection: this.number, slot, kind });
  }

  /** Who is in the slot now: frames of anyone else are not opened. */
  slotChanged(change: SlotChange): void {
    const slot = this.slots.findIndex(({ mid }) => mid === change.mid);
    const receiver = this.slots[slot]?.receiver;
    if (!receiver) return;
    this.post({ type: 'slot', connection: this.number, slot, change });
    if (change.participant === null || receiver.track.kind !== 'video') this.starts.end(slot);
    else this.starts.begin(slot, receiver);
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
