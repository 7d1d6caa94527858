import { Api } from '../http/api';
import { judgePath, samplePath, type PathSample } from '../quality/quality';
import { RouteFailure } from '../route/failure';
import { isOpen } from '../route/geofence';
import { openTrust } from '../route/openTrust';
import type { RouteTrust } from '../route/trust';
import {
  signallingEventNames,
  type Joined,
  type NegotiateRequest,
  type Participant,
  type SignallingEventName,
  type SignallingEvents,
  type SlotChange,
  type Tracks,
  type Wish,
} from '../signalling/messages';
import { isTransient, ProblemError } from '../signalling/problem';
import { retryDelayMs } from '../signalling/retry';
import type { Signalling } from '../signalling/signalling';
import { SlotStage } from '../slots/slotStage';
import { Sound } from '../slots/sound';
import { Store, type Readable } from '../store';
import { sameWishes, wishesFor, type ShownTile } from '../view/wishes';
import { MediaLink } from './mediaLink';
import { RouteGuard, type AcceptedAnswer } from './routeGuard';
import type { SessionOptions } from './sessionOptions';
import { initialState, picturesOf, reduce, type SessionState } from './state';

const viewDelayMs = 100;
const qualityEveryMs = 2000;

/** One person's stay in a meeting: joins, keeps the connection alive, and holds what there is to show. */
export class Session {
  private readonly store = new Store<SessionState>(initialState);
  readonly state: Readable<SessionState> = this.store;
  readonly sound: Sound;
  private readonly slots = new SlotStage(() => { this.publishPictures(); });
  private readonly trust: RouteTrust;
  private readonly guard: RouteGuard;
  private readonly link: MediaLink;
  private signalling: Signalling | null = null;
  private name: string;
  private tiles: readonly ShownTile[] = [];
  private sentWishes: readonly Wish[] | null = null;
  private viewTimer: ReturnType<typeof setTimeout> | undefined;
  private qualityTimer: ReturnType<typeof setInterval> | undefined;
  private lastSample: PathSample | null = null;
  private sentMedia = '';
  private wake: () => void = () => undefined;
  private over = false;
  private readonly cleanups: (() => void)[] = [];

  constructor(private readonly options: SessionOptions) {
    this.name = options.name;
    this.sound = options.sound ?? new Sound();
    this.link = new MediaLink(options.peers ?? ((configuration) => new RTCPeerConnection(configuration)), {
      negotiate: (request, isWanted) => this.negotiate(request, isWanted),
      slotsComing: () => {
        this.slots.prepare();
      },
      slotsGone: (worked) => {
        this.slots.takeOver(worked);
        if (!worked) this.guard.unproven();
        this.publishPictures();
      },
      slot: (mid, kind, track) => {
        if (kind === 'audio') this.sound.play(mid, track);
        this.slots.addTrack(mid, track);
        this.publishPictures();
      },
      path: (path) => {
        this.store.patch({ path });
      },
      connected: (connection, proof) => {
        if (this.link.proof === proof) this.store.patch({ moving: null });
        this.guard.certify(connection, proof).catch((error: unknown) => this.takesFailure(error));
      },
      unreachable: (failure) => {
        this.takesFailure(failure);
      },
    }, () => options.encryption?.protect() ?? null);
    this.trust = options.trust ?? openTrust();
    const api = options.api ?? new Api();
    this.guard = new RouteGuard({
      meeting: options.meeting,
      trust: this.trust,
      fence: options.fence ?? {},
      freshRoute: () => api.route(options.meeting),
      leave: (node) => {
        this.link.leave(node);
      },
      failed: (failure) => {
        this.takesFailure(failure);
      },
    });
    this.store.patch({ fence: options.fence ?? {} });
    this.cleanups.push(
      this.guard.state.subscribe((route) => {
        this.store.patch({ route: { ...route, probes: this.store.get().route.probes } });
      }),
    );
    if (options.prober) {
      this.cleanups.push(
        options.prober.state.subscribe((probes) => {
          this.store.patch({ route: { ...this.store.get().route, probes } });
        }),
      );
    }
  }

  /** Begins; the outcome is in the state. */
  start(): void {
    this.listen(globalThis, 'online', () => {
      this.reconnectNow();
    });
    this.listen(document, 'visibilitychange', () => {
      this.scheduleView();
    });
    // A closed tab must not stay as an empty tile until the node gives up on it. The token is kept: a reload comes back.
    this.listen(globalThis, 'pagehide', () => {
      void this.signalling?.leave().catch(() => undefined);
    });
    this.listen(globalThis, 'pageshow', (event) => {
      if ((event as PageTransitionEvent).persisted) this.reconnectNow();
    });
    this.cleanups.push(
      this.options.media.state.subscribe(() => {
        void this.sendMedia();
      }),
    );
    this.qualityTimer = setInterval(() => void this.measure(), qualityEveryMs);
    void this.run();
  }

  /** Which tiles the page shows, own one not included; pictures are asked for accordingly. */
  show(tiles: readonly ShownTile[]): void {
    this.tiles = tiles;
    this.scheduleView();
  }

  async rename(name: string): Promise<void> {
    this.name = name;
    this.changeOwn({ name });
    await this.signalling?.rename(name);
  }

  /** A host's word about a newcomer's fence. */
  async decide(request: string, accept: boolean): Promise<void> {
    this.store.patch({ questions: this.store.get().questions.filter((one) => one.request !== request) });
    await this.signalling?.decideTighten(request, accept);
  }

  /** Leaves for good; the place is given up. */
  async leave(): Promise<void> {
    if (this.over) return;
    const { signalling } = this;
    this.end({ phase: 'left' });
    await Promise.race([signalling?.leave().catch(() => undefined), new Promise((done) => setTimeout(done, 500))]);
    await signalling?.close().catch(() => undefined);
  }

  private async run(): Promise<void> {
    for (let attempt = 0; !this.isOver(); attempt++) {
      try {
        const closed = await this.attach();
        attempt = -1;
        await closed;
      } catch (error) {
        if (this.takesFailure(error) || this.takesRefusal(error)) return;
      }
      if (this.isOver()) return;
      this.link.pause();
      const { phase } = this.store.get();
      this.store.patch({ attempts: attempt + 1, phase: phase === 'joining' ? 'joining' : 'reconnecting' });
      await this.pause(retryDelayMs(Math.max(0, attempt), Math.random()));
    }
  }

  /** One connection with one join. Gives a promise that resolves when the connection ends. */
  private async attach(): Promise<Promise<void>> {
    const signalling = this.options.connect();
    const closed = new Promise<void>((resolve) => {
      signalling.onClosed(resolve);
    });
    const early: (() => void)[] = [];
    let joined = false;
    for (const name of signallingEventNames) {
      signalling.on(name, (argument) => {
        const apply = (): void => {
          if (this.signalling === signalling) this.onEvent(name, argument);
        };
        // What overtakes the answer to `join` is applied right after it.
        if (joined || name === 'joinWaiting') apply();
        else early.push(apply);
      });
    }
    this.signalling = signalling;
    try {
      // Nobody is joined whose directory does not verify.
      await Promise.all([signalling.connect(), this.trust.load()]);
      await this.link.replace(async (offer, tracks) => {
        const answer = await this.join(signalling, offer, tracks);
        joined = true;
        for (const apply of early.splice(0)) apply();
        return answer;
      }, 'patient');
    } catch (error) {
      void signalling.close().catch(() => undefined);
      throw error;
    }
    this.askAgain();
    await this.sendMedia();
    return closed;
  }

  private async join(signalling: Signalling, offer: string, tracks: Tracks): Promise<AcceptedAnswer> {
    const { media, meeting, fence, hostKey, place, prober } = this.options;
    const resume = this.options.storage?.getItem(this.resumeKey()) ?? null;
    const on = { microphone: media.sends('microphone'), camera: media.sends('camera') };
    await this.link.send(this.tracks());
    const roundTrips = prober?.state.get().roundTrips ?? {};
    const joined = await signalling.join({
      meeting, name: this.name, offer, tracks, ...on, ...(resume === null ? {} : { resume }),
      ...(fence && !isOpen(fence) ? { fence } : {}), ...(Object.keys(roundTrips).length > 0 ? { roundTrips } : {}),
      ...(hostKey === undefined ? {} : { hostKey }), ...(place === undefined ? {} : { place }),
    });
    this.guard.joinedAs(joined.participant, joined.place);
    this.guard.requireHome(joined.route);
    void this.guard.take(joined.route, true);
    const accepted = await this.guard.accept(joined.answer, joined.node);
    this.sentMedia = JSON.stringify(on);
    this.options.storage?.setItem(this.resumeKey(), joined.resume);
    this.applyJoined(joined);
    return accepted;
  }

  private async negotiate(request: NegotiateRequest, isWanted: () => boolean): Promise<AcceptedAnswer> {
    if (!this.signalling) throw new Error('no signalling');
    try {
      const present = this.link.proof;
      const { answer, node } = await this.signalling.negotiate(request);
      // A later move has overtaken it: the node it names may be forbidden meanwhile.
      if (!isWanted()) throw new Error('overtaken');
      const accepted = await this.guard.accept(answer, node);
      // A re-offer is about the connection that is there: another certificate would be another node's.
      if (!request.restart && present && present.fingerprint !== accepted.proof.fingerprint) {
        throw new RouteFailure('fingerprint-mismatch', {
          node: node.id, region: node.region, expected: present.fingerprint, found: accepted.proof.fingerprint,
        });
      }
      // Wishes belong to a transport: the new one has none yet.
      if (request.restart) this.askAgain();
      return accepted;
    } catch (error) {
      if (isWanted()) this.takesFailure(error);
      throw error;
    }
  }

  private applyJoined(joined: Joined): void {
    for (const slot of joined.slots) this.changeSlot(slot);
    this.store.patch({
      phase: 'live',
      attempts: 0,
      problem: null,
      self: joined.participant,
      meeting: joined.meeting,
      participants: [...joined.participants].sort((a, b) => a.since - b.since),
      host: joined.host,
      place: joined.place,
      waiting: null,
      questions: [],
      moving: null,
      dominant: joined.speaker,
      audible: [],
      levels: {},
    });
  }

  private onEvent<E extends SignallingEventName>(event: E, argument: SignallingEvents[E]): void {
    if (event === 'slotChanged') {
      this.changeSlot(argument as SignallingEvents['slotChanged']);
      this.publishPictures();
    } else if (event === 'mediaLost') {
      this.link.lost();
    } else if (event === 'move') {
      this.store.patch({ moving: argument as SignallingEvents['move'] });
      this.link.move();
    } else if (event === 'routeChanged') {
      void this.guard.take(argument as SignallingEvents['routeChanged']);
    } else if (event === 'ended') {
      const { reason, problem } = argument as SignallingEvents['ended'];
      this.end({ phase: 'ended', endReason: reason, problem: problem ?? null });
    } else {
      this.store.patch(reduce(this.store.get(), event, argument));
      this.scheduleView();
    }
  }

  private changeSlot(change: SlotChange): void {
    this.slots.change(change);
    this.link.slotChanged(change);
  }

  /** A check of the route failed: nothing goes on, and the page says which. */
  private takesFailure(error: unknown): boolean {
    if (!(error instanceof RouteFailure)) return false;
    if (this.over) return true;
    const { signalling } = this;
    this.guard.fail(error);
    void signalling?.leave().catch(() => undefined).finally(() => void signalling.close().catch(() => undefined));
    this.end({ phase: 'unverified' });
    return true;
  }

  /** Whether the error is final. A resume token the node no longer knows only costs the old place. */
  private takesRefusal(error: unknown): boolean {
    if (!(error instanceof ProblemError) || isTransient(error.problem, this.store.get().phase === 'joining')) return false;
    if (error.problem.code.includes('resume') && this.options.storage?.getItem(this.resumeKey())) {
      this.options.storage.removeItem(this.resumeKey());
      return false;
    }
    const ended = error.problem.status === 410;
    this.end({ phase: ended ? 'ended' : 'refused', problem: error.problem });
    return true;
  }

  private end(change: Partial<SessionState>): void {
    this.over = true;
    this.wake();
    clearTimeout(this.viewTimer);
    clearInterval(this.qualityTimer);
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    this.options.storage?.removeItem(this.resumeKey());
    const { signalling } = this;
    this.signalling = null;
    this.slots.clear();
    this.guard.close();
    this.link.close();
    this.sound.close();
    this.store.patch({ ...change, pictures: {}, path: 'opening', moving: null, waiting: null, questions: [] });
    if (change.phase !== 'left' && change.phase !== 'unverified') void signalling?.close().catch(() => undefined);
  }

  /** The network is back: the old connections may be dead without knowing it. */
  private reconnectNow(): void {
    this.wake();
    void this.signalling?.close().catch(() => undefined);
  }

  private tracks(): Record<'microphone' | 'camera', MediaStreamTrack | null> {
    const { microphone, camera } = this.options.media.state.get();
    return { microphone: microphone.track, camera: camera.on ? camera.track : null };
  }

  private async sendMedia(): Promise<void> {
    const { media } = this.options;
    await this.link.send(this.tracks());
    const on = { microphone: media.sends('microphone'), camera: media.sends('camera') };
    const wire = JSON.stringify(on);
    if (this.store.get().phase !== 'live' || wire === this.sentMedia) return;
    this.sentMedia = wire;
    this.changeOwn(on);
    await this.signalling?.media(on).catch(() => {
      this.sentMedia = '';
    });
  }

  /** The node tells the others only. */
  private changeOwn(change: Partial<Participant>): void {
    const { participants, self } = this.store.get();
    this.store.patch({ participants: participants.map((one) => (one.id === self ? { ...one, ...change } : one)) });
  }

  private askAgain(): void {
    this.sentWishes = null;
    this.scheduleView();
  }

  private scheduleView(): void {
    if (this.over) return;
    this.viewTimer ??= setTimeout(() => {
      this.viewTimer = undefined;
      void this.sendView();
    }, viewDelayMs);
  }

  private async sendView(): Promise<void> {
    const { phase, participants, self, dominant } = this.store.get();
    if (phase !== 'live' || !this.signalling) return;
    const withCamera = new Set(participants.filter((one) => one.camera && one.id !== self).map((one) => one.id));
    const wishes = wishesFor(
      this.tiles.filter((tile) => withCamera.has(tile.participant)),
      { dominant, pixelRatio: globalThis.devicePixelRatio, hidden: document.visibilityState === 'hidden' },
    );
    if (this.sentWishes && sameWishes(wishes, this.sentWishes)) return;
    this.sentWishes = wishes;
    try {
      await this.link.makeRoom(wishes.length);
      await this.signalling.view(wishes);
    } catch {
      this.sentWishes = null;
    }
  }

  private async measure(): Promise<void> {
    const { connection } = this.link;
    if (!connection || this.store.get().phase !== 'live') return;
    const report = await connection.getStats();
    const sample = samplePath(report.values() as Iterable<Record<string, unknown>>);
    const { lastSample } = this;
    this.lastSample = sample;
    if (lastSample && sample.received >= lastSample.received) this.store.patch({ ownLevel: judgePath(lastSample, sample) });
  }

  private publishPictures(): void {
    this.store.patch({ pictures: picturesOf(this.slots.contents()) });
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private listen(target: EventTarget, event: string, handler: (event: Event) => void): void {
    target.addEventListener(event, handler);
    this.cleanups.push(() => {
      target.removeEventListener(event, handler);
    });
  }

  private isOver(): boolean {
    return this.over;
  }

  private resumeKey(): string {
    return `parley.resume.${this.options.meeting}`;
  }
}
