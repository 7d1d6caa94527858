import { StartWatch, type StartSample } from './startWatch';

const sampleEveryMs = 100;

/** Watches pictures begin, by the receivers' statistics, and asks for key frames where one does not. */
export class StartWatcher {
  private readonly watched = new Map<number, { readonly receiver: RTCRtpReceiver; readonly watch: StartWatch }>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly ask: (slot: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** A picture is about to begin in this slot. */
  begin(slot: number, receiver: RTCRtpReceiver): void {
    this.watched.set(slot, { receiver, watch: new StartWatch(this.now()) });
    this.timer ??= setInterval(() => void this.sample(), sampleEveryMs);
  }

  end(slot: number): void {
    this.watched.delete(slot);
  }

  close(): void {
    this.watched.clear();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async sample(): Promise<void> {
    for (const [slot, entry] of this.watched) {
      const sample = await read(entry.receiver);
      // Another picture may have begun there meanwhile.
      if (this.watched.get(slot) !== entry) continue;
      if (sample && entry.watch.onSample(sample, this.now())) this.ask(slot);
      if (entry.watch.isOver(this.now())) this.watched.delete(slot);
    }
    if (this.watched.size === 0) this.close();
  }
}

/** The one inbound stream of a slot; null while nothing has come. */
async function read(receiver: RTCRtpReceiver): Promise<StartSample | null> {
  const reports = await receiver.getStats().catch(() => null);
  for (const report of (reports ?? new Map()).values() as Iterable<RTCStats>) {
    if (report.type !== 'inbound-rtp') continue;
    const { packetsReceived = 0, framesReceived = 0, framesDecoded = 0 } = report as RTCInboundRtpStreamStats;
    return { packets: packetsReceived, frames: framesReceived, decoded: framesDecoded };
  }
  return null;
}
