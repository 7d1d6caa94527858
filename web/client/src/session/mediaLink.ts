import type { ProtectedConnection } from '../e2ee/protectedConnection';
import { Peer, type PeerFactory } from '../peer/peer';
import { tunnelHosts } from '../peer/tunnel';
import { RouteFailure } from '../route/failure';
import { watchPath } from '../route/usedPath';
import type { RouteProof } from '../route/state';
import type { NegotiateRequest, SlotChange, Tracks } from '../signalling/messages';
import { Recovery } from './recovery';
import type { AcceptedAnswer } from './routeGuard';
import { TunnelChoice } from './tunnelChoice';

export interface MediaLinkHooks {
  /** Sends a `negotiate` and brings the answer, checked; an answer that is not wanted any more is neither checked nor used. */
  negotiate(request: NegotiateRequest, isWanted: () => boolean): Promise<AcceptedAnswer>;
  /** A new connection is being made beside the one that works: what is told of slots from now on is about the new one. */
  slotsComing(): void;
  /** The slots known so far belong to a connection that has been replaced; `worked`: it carried media until now. */
  slotsGone(worked: boolean): void;
  slot(mid: string, kind: 'audio' | 'video', track: MediaStreamTrack): void;
  path(state: 'opening' | 'up' | 'down'): void;
  /** A connection is up, or takes another way: time to look at the certificate that it really uses, and where it leads. */
  connected(connection: RTCPeerConnection, proof: RouteProof): void;
  /** Nothing gets through, neither directly nor through the tunnel of this node. */
  unreachable(failure: RouteFailure): void;
}

export type Outgoing = Readonly<Record<'microphone' | 'camera', MediaStreamTrack | null>>;

type Exchange = (offer: string, tracks: Tracks, isWanted: () => boolean) => Promise<AcceptedAnswer>;

/** A peer connection and what is known of it. */
interface Line {
  readonly peer: Peer;
  readonly protection: ProtectedConnection | null;
  proof: RouteProof | null;
  /** The node has closed it, whatever the browser still thinks. */
  isGone: boolean;
  /** It has carried media at some time. */
  wasUp: boolean;
  /** Slots that are announced when the line takes over. */
  readonly early: (() => void)[];
  readonly isTunnelled: boolean;
  isWatched?: boolean;
}

/** So long may a connection that does not work stand beside the one that replaces it. */
const overlapMs = 5000;

/** The client's media path over several peer connections in a row: the new one carries media before the old one closes. */
export class MediaLink {
  /** The one on the page. */
  private line: Line | null = null;
  /** The one that is being made while `line` still works. */
  private next: Line | null = null;
  /** Replaced without working; closed when one works. */
  private readonly fading = new Set<Peer>();
  private outgoing: Outgoing = { microphone: null, camera: null };
  private wanted = 0;
  private readonly recovery: Recovery;
  private readonly choice: TunnelChoice;

  constructor(
    private readonly factory: PeerFactory,
    private readonly hooks: MediaLinkHooks,
    /** What protects a new connection; null where the meeting is not end-to-end encrypted. */
    private readonly protect: () => ProtectedConnection | null = () => null,
  ) {
    this.recovery = new Recovery({
      isUp: () => this.newest?.peer.connection.connectionState === 'connected',
      restartIce: () => this.offer({ iceRestart: true }),
      replace: () => this.replace((offer, tracks, isWanted) => hooks.negotiate({ offer, tracks, restart: true }, isWanted)),
    });
    this.choice = new TunnelChoice({
      retry: () => {
        this.recovery.lost();
      },
      unreachable: (way) => {
        const { proof } = this;
        hooks.unreachable(new RouteFailure('tunnel-unreachable', {
          ...(proof ? { node: proof.node, region: proof.region } : {}), ...(way ? { expected: tunnelHosts(way) } : {}),
        }));
      },
    });
  }

  get connection(): RTCPeerConnection | null {
    return this.line?.peer.connection ?? null;
  }

  /** The proof of the newest connection, as its last answer gave it. */
  get proof(): RouteProof | null {
    return this.newest?.proof ?? null;
  }

  /** Makes a new peer connection; `exchange` is a `join`, which may take long (`patient`), or a `negotiate` with restart. */
  async replace(exchange: Exchange, patience: 'patient' | 'impatient' = 'impatient'): Promise<void> {
    this.next?.peer.close();
    this.next = null;
    const line = this.makeLine();
    if (works(this.line)) {
      this.next = line;
      this.hooks.slotsComing();
    } else {
      const old = this.line;
      // What never carried media is of no use, and leads to a node that may be forbidden meanwhile.
      if (old?.wasUp) this.fade(old.peer);
      else old?.peer.close();
      this.takeOver(line);
      this.hooks.path(old ? 'down' : 'opening');
    }
    if (patience === 'impatient') this.recovery.begin();
    await this.applyOutgoing();
    await this.negotiate(line, async (offer, tracks, isWanted) => {
      const answer = await exchange(offer, tracks, isWanted);
      if (patience === 'patient') this.recovery.begin();
      if (line === this.newest) this.choice.answered(answer.tunnel, () => isThrough(line));
      return answer;
    });
  }

  /** Moves to another node: a new connection first. One that is being made for an earlier move gives way. */
  move(): void {
    this.choice.forget();
    this.recovery.lost();
  }

  /** Lets go of a node at once, whatever it carries; another is asked for unless a connection there is being made already. */
  leave(node: string): void {
    const { line, next } = this;
    this.choice.forget();
    this.closeFading();
    if (next?.proof?.node === node) {
      next.peer.close();
      this.next = null;
    }
    if (!line || line.proof?.node !== node) return;
    line.peer.close();
    line.isGone = true;
    this.hooks.path('down');
    if (this.next) this.takeOver(this.next);
    else this.recovery.lost();
  }

  /** Sends other tracks from now on; null sends nothing. */
  async send(outgoing: Outgoing): Promise<void> {
    this.outgoing = outgoing;
    await this.applyOutgoing();
  }

  /** Makes room for so many pictures, by a re-offer when the slots do not suffice. */
  async makeRoom(pictures: number): Promise<void> {
    this.wanted = pictures;
    if (this.newest?.peer.ensureSlots(pictures)) await this.offer();
  }

  /** Who is in a slot of the newest connection, for its protection. */
  slotChanged(change: SlotChange): void {
    this.newest?.protection?.slotChanged(change);
  }

  /** The node closed the newest transport. */
  lost(): void {
    if (this.newest) this.newest.isGone = true;
    this.recovery.lost();
  }

  /** Signalling is gone: recovery waits for the next join. */
  pause(): void {
    this.recovery.stop();
    this.choice.stop();
  }

  close(): void {
    this.recovery.stop();
    this.choice.stop();
    for (const peer of [this.next?.peer, this.line?.peer]) peer?.close();
    this.closeFading();
    this.next = null;
    this.line = null;
  }

  private get newest(): Line | null {
    return this.next ?? this.line;
  }

  private makeLine(): Line {
    const early: (() => void)[] = [];
    const protection = this.protect();
    const way = this.choice.next();
    const peer = new Peer(
      this.factory,
      {
        slot: (mid, kind, track) => {
          const announce = (): void => {
            if (this.line === line) this.hooks.slot(mid, kind, track);
          };
          if (this.next === line) early.push(announce);
          else announce();
        },
        state: (state) => {
          this.onState(line, state);
        },
      },
      this.wanted,
      protection,
      way,
    );
    const line: Line = { peer, protection, proof: null, isGone: false, wasUp: false, early, isTunnelled: way !== null };
    return line;
  }

  private takeOver(line: Line): void {
    const worked = works(this.line);
    this.line = line;
    this.next = null;
    this.hooks.slotsGone(worked);
    for (const announce of line.early.splice(0)) announce();
  }

  private offer(options: RTCOfferOptions = {}): Promise<void> {
    const line = this.newest;
    return line ? this.negotiate(line, (offer, tracks, isWanted) => this.hooks.negotiate({ offer, tracks }, isWanted), options) : Promise.resolve();
  }

  private negotiate(line: Line, exchange: Exchange, options: RTCOfferOptions = {}): Promise<void> {
    return line.peer.negotiate(async (offer, tracks) => {
      const answer = await exchange(offer, tracks, () => line === this.line || line === this.next);
      line.proof = answer.proof;
      return answer;
    }, options);
  }

  private async applyOutgoing(): Promise<void> {
    const { microphone, camera } = this.outgoing;
    const lines = [this.line, this.next].filter((line) => line !== null);
    await Promise.all(lines.flatMap(({ peer }) => [peer.send('microphone', microphone), peer.send('camera', camera)]));
  }

  private onState(line: Line, state: RTCPeerConnectionState): void {
    if (line !== this.line && line !== this.next) return;
    if (state === 'connected') this.onUp(line);
    else if (line === this.line && (state === 'disconnected' || state === 'failed')) this.hooks.path('down');
    // The old one may fall silent: the newest counts.
    if (line === this.newest) this.recovery.onState(state);
  }

  private onUp(line: Line): void {
    line.wasUp = true;
    if (line === this.next) {
      const old = this.line;
      this.takeOver(line);
      old?.peer.close();
    }
    this.closeFading();
    this.choice.up(line.isTunnelled);
    this.hooks.path('up');
    const tell = (): void => {
      if (line === this.line && line.proof) this.hooks.connected(line.peer.connection, line.proof);
    };
    tell();
    if (!line.isWatched) watchPath(line.peer.connection, tell);
    line.isWatched = true;
  }

  private closeFading(): void {
    for (const peer of this.fading) peer.close();
    this.fading.clear();
  }

  private fade(peer: Peer): void {
    this.fading.add(peer);
    setTimeout(() => {
      this.fading.delete(peer);
      peer.close();
    }, overlapMs);
  }
}

/** Packets get through: what is missing is the handshake. */
function isThrough({ peer }: Line): boolean {
  return peer.connection.iceConnectionState === 'connected' || peer.connection.iceConnectionState === 'completed';
}

function works(line: Line | null): boolean {
  return line !== null && !line.isGone && line.peer.connection.connectionState === 'connected';
}
