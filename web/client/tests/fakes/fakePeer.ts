import { vi } from 'vitest';

/** A track without media. */
export function fakeTrack(kind: 'audio' | 'video', id: string = kind): MediaStreamTrack {
  const listeners = new Map<string, () => void>();
  const track = {
    kind, id, enabled: true, muted: false, onended: null, stop: vi.fn(), getSettings: () => ({ deviceId: `${id}-device` }),
    addEventListener: (event: string, listener: () => void) => listeners.set(event, listener),
    dispatch: (event: string) => listeners.get(event)?.(),
  };
  return track as unknown as MediaStreamTrack;
}

interface FakeTransceiver {
  mid: string | null;
  direction: string;
  kind: string;
  encodings: RTCRtpEncodingParameters[];
  sender: {
    track: MediaStreamTrack | null;
    replaceTrack(track: MediaStreamTrack | null): Promise<void>;
    getParameters(): { encodings: RTCRtpEncodingParameters[] };
    setParameters(parameters: { encodings: RTCRtpEncodingParameters[] }): Promise<void>;
  };
  receiver: { track: MediaStreamTrack };
}

/** As much of RTCPeerConnection as the client touches; the offer lists the m-lines. */
export class FakePeer {
  static made: FakePeer[] = [];
  connectionState: RTCPeerConnectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  localDescription: { sdp: string } | null = null;
  remote: string[] = [];
  offers: RTCOfferOptions[] = [];
  closed = false;
  iceConnectionState: RTCIceConnectionState = 'new';
  readonly transceivers: FakeTransceiver[] = [];

  constructor(readonly configuration: RTCConfiguration = {}) {
    FakePeer.made.push(this);
  }

  static factory = (configuration: RTCConfiguration): RTCPeerConnection => new FakePeer(configuration) as unknown as RTCPeerConnection;

  static get last(): FakePeer {
    const peer = FakePeer.made.at(-1);
    if (!peer) throw new Error('no peer was made');
    return peer;
  }

  addTransceiver(kind: 'audio' | 'video', init: RTCRtpTransceiverInit): FakeTransceiver {
    const sender: FakeTransceiver['sender'] = {
      track: null,
      replaceTrack: (track) => {
        sender.track = track;
        return Promise.resolve();
      },
      getParameters: () => ({ encodings: transceiver.encodings.map((encoding) => ({ ...encoding })) }),
      setParameters: ({ encodings }) => {
        transceiver.encodings = encodings;
        return Promise.resolve();
      },
    };
    const transceiver: FakeTransceiver = {
      mid: null, direction: init.direction ?? '', kind, encodings: init.sendEncodings ?? [], sender,
      receiver: { track: fakeTrack(kind, `received-${String(this.transceivers.length)}`) },
    };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  createOffer(options: RTCOfferOptions = {}): Promise<{ sdp: string }> {
    this.offers.push(options);
    return Promise.resolve({ sdp: this.transceivers.map((one) => `${one.kind}:${one.direction}`).join(',') });
  }

  setLocalDescription(description: { sdp: string }): Promise<void> {
    this.localDescription = description;
    this.transceivers.forEach((one, index) => (one.mid = String(index)));
    return Promise.resolve();
  }

  setRemoteDescription(description: { sdp: string }): Promise<void> {
    this.remote.push(description.sdp);
    return Promise.resolve();
  }

  getConfiguration(): RTCConfiguration {
    return this.configuration;
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(new Map());
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.closed = true;
    this.connectionState = 'closed';
  }
}
