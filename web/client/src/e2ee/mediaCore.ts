import { FrameOpener } from '../sframe/frameOpener';
import { FrameSealer } from '../sframe/frameSealer';
import { KeyRing } from '../sframe/keyRing';
import { MediaKeys } from './mediaKeys';
import type { FromMediaWorker, MediaStatistics, ToMediaWorker, TransformOptions } from './messages';
import { SendPipe } from './sendPipe';
import { SlotPipe, type SlotEvents } from './slotPipe';
import type { Transformer } from './transformer';

interface Connection {
  readonly opener: FrameOpener;
  readonly slots: Map<number, SlotPipe>;
}

/** All frames of a page and their keys: what the worker does, without the worker. */
export class MediaCore {
  /** Where keys come in, for whoever agrees on them in this worker. */
  readonly keys: MediaKeys;
  private readonly ring = new KeyRing();
  private readonly sealer = new FrameSealer(this.ring);
  private readonly senders: SendPipe[] = [];
  private readonly connections = new Map<number, Connection>();

  constructor(
    private readonly post: (message: FromMediaWorker) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.keys = new MediaKeys(this.ring, now, () => {
      this.onKeys();
    });
  }

  async onMessage(message: ToMediaWorker): Promise<void> {
    switch (message.type) {
      case 'epoch':
        await this.keys.setEpoch({ ...message, members: new Map(message.members) });
        break;
      case 'allHave':
        this.keys.allHave(message.generation, message.epoch);
        break;
      case 'slot':
        this.slotOf(message.connection, message.slot).change(message.change);
        break;
      case 'connectionOver':
        this.connections.delete(message.connection);
        break;
      case 'keyFrame':
        this.connections.get(message.connection)?.slots.get(message.slot)?.onStandstill();
        break;
      case 'statistics':
        this.post({ type: 'statistics', request: message.request, statistics: this.statistics() });
        break;
    }
  }

  /** Takes a sender's or receiver's frames; resolves when its track ends. */
  async onTransform(transformer: Transformer): Promise<void> {
    const options = transformer.options as TransformOptions;
    if (options.side === 'receive') {
      await this.slotOf(options.connection, options.slot).run(transformer, options.kind);
      return;
    }
    const pipe = new SendPipe(options.source, transformer, this.sealer, this.now);
    this.senders.push(pipe);
    await pipe.run();
    this.senders.splice(this.senders.indexOf(pipe), 1);
  }

  private statistics(): MediaStatistics {
    return {
      present: this.ring.present,
      sending: this.senders.map(({ source, meter }) => ({ source, ...meter.read() })),
      slots: [...this.connections].flatMap(([connection, { slots }]) =>
        [...slots.values()].map(({ mid, meter }) => ({ connection, mid, ...meter.read() })),
      ),
    };
  }

  private onKeys(): void {
    for (const { slots } of this.connections.values()) for (const slot of slots.values()) slot.onKeys();
  }

  private slotOf(number: number, index: number): SlotPipe {
    const connection = this.connections.get(number) ?? { opener: new FrameOpener(this.ring, this.now), slots: new Map<number, SlotPipe>() };
    this.connections.set(number, connection);
    const slot = connection.slots.get(index) ?? new SlotPipe(connection.opener, this.eventsOf(number), this.now);
    connection.slots.set(index, slot);
    return slot;
  }

  /** Slots are told of for the newest connection only: about those of a replaced one nothing is known, so nothing is said. */
  private eventsOf(number: number): SlotEvents {
    const isNewest = (): boolean => [...this.connections.keys()].every((other) => other <= number);
    return {
      notice: (notice) => {
        if (isNewest()) this.post({ type: 'notice', notice });
      },
      noticeOver: (mid) => {
        if (isNewest()) this.post({ type: 'noticeOver', mid });
      },
    };
  }
}
