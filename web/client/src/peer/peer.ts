import type { ProtectedConnection } from '../e2ee/protectedConnection';
import type { Tracks } from '../signalling/messages';
import { encodingsFor } from './encodings';
import { audioSlots, videoSlotsFor } from './pool';
import type { TunnelWay } from './tunnel';

export type PeerFactory = (configuration: RTCConfiguration) => RTCPeerConnection;

/** Whatever answers an offer; only its SDP concerns the connection. */
export interface Answer {
  readonly sdp: string;
}

export interface PeerEvents {
  /** A slot's track is there; it stays the same for the life of the peer. */
  slot(mid: string, kind: 'audio' | 'video', track: MediaStreamTrack): void;
  /** The connection's state changed. */
  state(state: RTCPeerConnectionState): void;
}

const configuration: RTCConfiguration = { bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceServers: [] };

/** Assumed until a camera tells its size. */
const cameraDefault = { width: 1280, height: 720 };

/** The one peer connection: microphone, camera, three audio slots, then video slots, in that order, never reused. */
export class Peer {
  readonly connection: RTCPeerConnection;
  private readonly microphone: RTCRtpTransceiver;
  private readonly camera: RTCRtpTransceiver;
  private videoSlots = 0;
  private announced = 0;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    factory: PeerFactory,
    private readonly events: PeerEvents,
    wantedPictures = 0,
    /** Seals and opens all frames; null where the meeting is not end-to-end encrypted. */
    private readonly protection: ProtectedConnection | null = null,
    tunnel: TunnelWay | null = null,
  ) {
    this.connection = factory(tunnel ? { ...configuration, iceServers: [...tunnel.servers], iceTransportPolicy: 'relay' } : configuration);
    this.microphone = this.connection.addTransceiver('audio', { direction: 'sendonly' });
    protection?.send(this.microphone, 'microphone');
    this.camera = this.connection.addTransceiver('video', {
      direction: 'sendonly',
      sendEncodings: encodingsFor(cameraDefault.width, cameraDefault.height),
    });
    protection?.send(this.camera, 'camera');
    for (let i = 0; i < audioSlots; i++) this.addSlot('audio');
    this.growTo(videoSlotsFor(wantedPictures, 0));
    this.connection.onconnectionstatechange = () => {
      events.state(this.connection.connectionState);
    };
  }

  get slots(): number {
    return this.videoSlots;
  }

  /** Adds video slots for so many pictures; true when a re-offer is due. */
  ensureSlots(wanted: number): boolean {
    const slots = videoSlotsFor(wanted, this.videoSlots);
    if (slots === this.videoSlots) return false;
    this.growTo(slots);
    return true;
  }

  /**
   * One offer and its answer; offers follow each other, never overlap. `exchange` carries the offer to the node and
   * brings the checked answer.
   */
  negotiate(exchange: (offer: string, tracks: Tracks) => Promise<Answer>, options: RTCOfferOptions = {}): Promise<void> {
    const turn = this.queue.then(async () => {
      await this.connection.setLocalDescription(await this.connection.createOffer(options));
      const { sdp } = await exchange(this.connection.localDescription?.sdp ?? '', this.tracks());
      await this.connection.setRemoteDescription({ type: 'answer', sdp });
      this.announceSlots();
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  async send(kind: 'microphone' | 'camera', track: MediaStreamTrack | null): Promise<void> {
    const { sender } = kind === 'microphone' ? this.microphone : this.camera;
    if (sender.track === track) return;
    await sender.replaceTrack(track);
    if (kind === 'camera' && track) await fitLayers(sender, track);
  }

  close(): void {
    this.connection.onconnectionstatechange = null;
    this.connection.close();
    this.protection?.close();
  }

  private growTo(slots: number): void {
    for (; this.videoSlots < slots; this.videoSlots++) this.addSlot('video');
  }

  private addSlot(kind: 'audio' | 'video'): void {
    const transceiver = this.connection.addTransceiver(kind, { direction: 'recvonly' });
    this.protection?.receive(transceiver);
  }

  private tracks(): Tracks {
    const tracks: Tracks = {};
    if (this.microphone.mid !== null) tracks[this.microphone.mid] = 'microphone';
    if (this.camera.mid !== null) tracks[this.camera.mid] = 'camera';
    return tracks;
  }

  private announceSlots(): void {
    const receiving = this.connection.getTransceivers().slice(2);
    for (const { mid, receiver } of receiving.slice(this.announced)) {
      if (mid !== null) this.events.slot(mid, receiver.track.kind === 'audio' ? 'audio' : 'video', receiver.track);
    }
    this.announced = receiving.length;
  }
}

/** Sets the layers to the camera's size. A browser that refuses keeps the layers it has: still a picture. */
async function fitLayers(sender: RTCRtpSender, track: MediaStreamTrack): Promise<void> {
  const { width = cameraDefault.width, height = cameraDefault.height } = track.getSettings();
  const fitting = encodingsFor(width, height);
  const parameters = sender.getParameters();
  parameters.encodings = parameters.encodings.map((encoding) => ({
    ...encoding,
    ...fitting.find(({ rid }) => rid === encoding.rid),
  }));
  await sender.setParameters(parameters).catch(() => undefined);
}
