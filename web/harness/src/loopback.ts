import { MediaEncryption, startMediaWorker, type MediaStatistics } from '@parley/client';
import { keysOf } from './keys';
import { look, paintedTrack } from './picture';

export interface LoopbackOptions {
  /** A media type, `video/VP8` for one. */
  readonly codec: string;
  /** Whether frames go through the worker. */
  readonly sealed: boolean;
  readonly tracks: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  /** Bits a second of each track; 0: as the browser likes. */
  readonly bitrate: number;
  /** The receiver's key is another. */
  readonly wrongKey?: boolean;
}

export interface LoopbackResult {
  readonly decoded: readonly number[];
  readonly received: readonly number[];
  readonly colours: readonly (readonly number[] | null)[];
  /** From the start to the tenth decoded frame of the slowest track, ms; null when some never came. */
  readonly tenthFrameMs: number | null;
  readonly bytes: number;
  readonly statistics: MediaStatistics | null;
}

const colour = '#c02040';

/** Two peer connections of this page: the first one's tracks, sealed, to the second one, where they are opened. */
export async function loopback(options: LoopbackOptions): Promise<LoopbackResult> {
  const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
  from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined);
  to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined);
  const ends = options.sealed ? await makeEnds(options.wrongKey ?? false) : null;
  const track = paintedTrack(colour, options.width, options.height, options.rate);
  const sending = ends?.sender.protect();
  for (let index = 0; index < options.tracks; index++) {
    const transceiver = from.addTransceiver(track, { direction: 'sendonly', sendEncodings: [options.bitrate > 0 ? { maxBitrate: options.bitrate } : {}] });
    sending?.send(transceiver, 'camera');
  }
  const receiving = ends?.receiver.protect();
  const videos: HTMLVideoElement[] = [];
  to.ontrack = ({ track: received, transceiver }) => {
    if (receiving && transceiver.mid !== null) {
      receiving.receive(transceiver);
      receiving.slotChanged({ mid: transceiver.mid, participant: 'sender', source: 'camera', from: null });
    }
    const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true, width: 80, srcObject: new MediaStream([received]) });
    document.body.append(video);
    videos.push(video);
  };
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription ?? { type: 'offer' });
  for (const transceiver of to.getTransceivers()) preferCodec(transceiver, options.codec);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription ?? { type: 'answer' });
  const began = performance.now();
  let tenthFrameMs: number | null = null;
  let inbound: RTCInboundRtpStreamStats[] = [];
  while (performance.now() - began < options.seconds * 1000) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    inbound = await inboundOf(to);
    if (inbound.length === options.tracks && inbound.every(({ framesDecoded = 0 }) => framesDecoded >= 10)) tenthFrameMs ??= Math.round(performance.now() - began);
  }
  const result: LoopbackResult = {
    decoded: inbound.map(({ framesDecoded = 0 }) => framesDecoded),
    received: inbound.map(({ framesReceived = 0 }) => framesReceived),
    colours: videos.map(look),
    tenthFrameMs,
    bytes: inbound.reduce((sum, { bytesReceived = 0 }) => sum + bytesReceived, 0),
    statistics: ends ? merge(await ends.sender.statistics(), await ends.receiver.statistics()) : null,
  };
  track.stop();
  from.close();
  to.close();
  ends?.close();
  for (const video of videos) video.remove();
  return result;
}

/** A worker for each end, as two people have. */
async function makeEnds(wrongKey: boolean): Promise<{ sender: MediaEncryption; receiver: MediaEncryption; close: () => void }> {
  const [sender, receiver] = [new MediaEncryption(startMediaWorker()), new MediaEncryption(startMediaWorker())];
  const members = ['sender', 'receiver'];
  sender.setEpoch(keysOf(1, 7, members, 'sender'));
  receiver.setEpoch(keysOf(1, wrongKey ? 8 : 7, members, 'receiver'));
  await Promise.all([sender.statistics(), receiver.statistics()]);
  const close = (): void => {
    sender.close();
    receiver.close();
  };
  return { sender, receiver, close };
}

function merge(sender: MediaStatistics, receiver: MediaStatistics): MediaStatistics {
  return { ...sender, slots: receiver.slots };
}

function preferCodec(transceiver: RTCRtpTransceiver, mimeType: string): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const wanted = codecs.filter((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
  if (wanted.length === 0) throw new Error(`this browser has no ${mimeType}`);
  transceiver.setCodecPreferences(wanted);
}

async function inboundOf(connection: RTCPeerConnection): Promise<RTCInboundRtpStreamStats[]> {
  const reports = [...(await connection.getStats()).values()] as RTCStats[];
  return reports.filter(({ type }) => type === 'inbound-rtp') as RTCInboundRtpStreamStats[];
}
