import { Peer, type PeerFactory } from '../peer/peer';
import type { NegotiateRequest, Tracks } from '../signalling/messages';
import { Recovery } from './recovery';

export interface MediaLinkHooks {
  /** Sends a `negotiate` and brings the answer. */
  negotiate(request: NegotiateRequest): Promise<string>;
  /** The slots known so far belong to a connection that is being replaced. */
  slotsGone(): void;
  slot(mid: string, kind: 'audio' | 'video', track: MediaStreamTrack): void;
  path(state: 'opening' | 'up' | 'down'): void;
}

export type Outgoing = Readonly<Record<'microphone' | 'camera', MediaStreamTrack | null>>;

const overlapMs = 5000;

/** The client's media path over several peer connections in a row: the new one carries media before the old one closes. */
export class MediaLink {
  private peer: Peer | null = null;
  private outgoing: Outgoing = { microphone: null, camera: null };
  private wanted = 0;
  private readonly recovery: Recovery;

  constructor(
    private readonly factory: PeerFactory,
    private readonly hooks: MediaLinkHooks,
  ) {
    this.recovery = new Recovery({
      isUp: () => this.peer?.connection.connectionState === 'connected',
      restartIce: () => this.offer({ iceRestart: true }),
      replace: () => this.replace((offer, tracks) => hooks.negotiate({ offer, tracks, restart: true })),
    });
  }

  get connection(): RTCPeerConnection | null {
    return this.peer?.connection ?? null;
  }

  /** Makes a new peer connection; `exchange` is a `join` or a `negotiate` with restart. */
  async replace(exchange: (offer: string, tracks: Tracks) => Promise<string>): Promise<void> {
    const old = this.peer;
    const peer = new Peer(
      this.factory,
      {
        slot: (mid, kind, track) => {
          if (this.peer === peer) this.hooks.slot(mid, kind, track);
        },
        state: (state) => {
          if (this.peer === peer) this.onState(state);
          if (state === 'connected') old?.close();
        },
      },
      this.wanted,
    );
    this.peer = peer;
    if (old) setTimeout(() => { old.close(); }, overlapMs);
    this.hooks.slotsGone();
    this.hooks.path(old ? 'down' : 'opening');
    this.recovery.begin();
    await this.applyOutgoing();
    await peer.negotiate(exchange);
  }

  /** Sends other tracks from now on; null sends nothing. */
  async send(outgoing: Outgoing): Promise<void> {
    this.outgoing = outgoing;
    await this.applyOutgoing();
  }

  /** Makes room for so many pictures, by a re-offer when the slots do not suffice. */
  async makeRoom(pictures: number): Promise<void> {
    this.wanted = pictures;
    if (this.peer?.ensureSlots(pictures)) await this.offer();
  }

  /** The node closed the transport. */
  lost(): void {
    this.recovery.lost();
  }

  /** Signalling is gone: recovery waits for the next join. */
  pause(): void {
    this.recovery.stop();
  }

  close(): void {
    this.recovery.stop();
    this.peer?.close();
    this.peer = null;
  }

  private offer(options: RTCOfferOptions = {}): Promise<void> {
    return this.peer?.negotiate((offer, tracks) => this.hooks.negotiate({ offer, tracks }), options) ?? Promise.resolve();
  }

  private async applyOutgoing(): Promise<void> {
    const { peer, outgoing } = this;
    await Promise.all([peer?.send('microphone', outgoing.microphone), peer?.send('camera', outgoing.camera)]);
  }

  private onState(state: RTCPeerConnectionState): void {
    if (state === 'connected') this.hooks.path('up');
    if (state === 'disconnected' || state === 'failed') this.hooks.path('down');
    this.recovery.onState(state);
  }
}
