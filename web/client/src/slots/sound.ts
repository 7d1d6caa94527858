import { Store, type Readable } from '../store';

/** One audio element for each audio slot. Who is in a slot does not matter for sound: the loudest others are heard. */
export class Sound {
  private readonly outlets = new Map<string, HTMLAudioElement>();
  private readonly blockedStore = new Store(false);
  /** The browser wants a click before it plays sound. */
  readonly blocked: Readable<boolean> = this.blockedStore;
  private speaker = '';

  constructor(private readonly makeElement: () => HTMLAudioElement = () => new Audio()) {}

  play(mid: string, track: MediaStreamTrack): void {
    const element = this.outlets.get(mid) ?? this.makeElement();
    this.outlets.set(mid, element);
    element.autoplay = true;
    element.srcObject = new MediaStream([track]);
    this.route(element);
    this.start(element);
  }

  /** To be called from a click. */
  unblock(): void {
    this.blockedStore.set(false);
    for (const element of this.outlets.values()) this.start(element);
  }

  /** Chooses the loudspeaker; browsers without a choice keep the system's. */
  setSpeaker(id: string): void {
    this.speaker = id;
    for (const element of this.outlets.values()) this.route(element);
  }

  close(): void {
    for (const element of this.outlets.values()) {
      element.pause();
      element.srcObject = null;
    }
    this.outlets.clear();
  }

  private start(element: HTMLAudioElement): void {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.blockedStore.set(true);
    });
  }

  private route(element: HTMLAudioElement): void {
    const routable = element as Partial<HTMLAudioElement>;
    if (this.speaker !== '' && routable.setSinkId) void element.setSinkId(this.speaker).catch(() => undefined);
  }
}
