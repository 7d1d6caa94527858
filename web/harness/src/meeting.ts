import {
  Devices, HubSignalling, LocalMedia, MediaEncryption, Session, startMediaWorker, type MediaNotice, type MediaStatistics, type SessionState,
} from '@parley/client';
import { keysOf } from './keys';

/** One person in a meeting of a real node, whose keys the test gives. Shows tiles as the web app does. */
export class Meeting {
  private readonly encryption = new MediaEncryption(startMediaWorker());
  private readonly session: Session;
  private state: SessionState | null = null;
  private height = 360;

  /** `codec`: of the own camera, a media type; empty: as browser and node like. */
  constructor(meeting: string, name: string, codec = '') {
    const choices = new Map<string, string>();
    const memory = { read: (key: string) => choices.get(key) ?? null, write: (key: string, value: string) => void choices.set(key, value) };
    const media = new LocalMedia(new Devices(), memory);
    this.session = new Session({
      meeting, name, media, connect: () => new HubSignalling(new URL('/hub', location.href).href),
      encryption: this.encryption, peers: (configuration) => preferringCodec(new RTCPeerConnection(configuration), codec),
    });
    this.session.state.subscribe((state) => {
      this.state = state;
      this.show(state);
    });
    void media.start().then(() => {
      this.session.start();
    });
  }

  /** Everyone's id, the own one first, or the problem that there is. */
  who(): { readonly self: string | null; readonly all: readonly string[]; readonly problem: string | null } {
    const { self = null, participants = [], problem = null } = this.state ?? {};
    return { self, all: participants.map(({ id }) => id).sort(), problem: problem?.code ?? null };
  }

  setEpoch(epoch: number, seed: number, members: readonly string[]): void {
    this.encryption.setEpoch(keysOf(epoch, seed, members, this.state?.self ?? ''));
  }

  notices(): readonly MediaNotice[] {
    return this.encryption.notices.get();
  }

  statistics(): Promise<MediaStatistics> {
    return this.encryption.statistics();
  }

  /** Asks for the others' pictures at another height, in pixels. */
  ask(height: number): void {
    this.height = height;
    if (this.state) this.show(this.state);
  }

  private show(state: SessionState): void {
    const others = state.participants.filter(({ id }) => id !== state.self);
    for (const { id, name } of others) {
      const tile = tileOf(id, name);
      const track = state.pictures[id]?.track;
      const present = (tile.srcObject as MediaStream | null)?.getVideoTracks()[0];
      if (present !== track) tile.srcObject = track ? new MediaStream([track]) : null;
    }
    this.session.show(others.map(({ id }) => ({ participant: id, height: this.height / devicePixelRatio })));
  }
}

function tileOf(participant: string, name: string): HTMLVideoElement {
  const present = document.querySelector<HTMLVideoElement>(`[data-participant="${participant}"] video`);
  if (present) return present;
  const tile = document.createElement('div');
  tile.dataset['participant'] = participant;
  tile.setAttribute('aria-label', name);
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true, width: 320 });
  tile.append(video);
  document.body.append(tile);
  return video;
}

function preferringCodec(connection: RTCPeerConnection, mimeType: string): RTCPeerConnection {
  if (mimeType === '') return connection;
  const add = connection.addTransceiver.bind(connection);
  connection.addTransceiver = (kind, init) => {
    const transceiver = add(kind, init);
    if (kind === 'video' && init?.direction === 'sendonly') {
      const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
      transceiver.setCodecPreferences(codecs.filter((codec) => [mimeType, 'video/rtx'].includes(codec.mimeType)));
    }
    return transceiver;
  };
  return connection;
}
