import { MediaEncryption, startMediaWorker } from '@parley/client';
import { paintedTrack } from './picture';

export interface StartsResult {
  readonly receivers: number;
  /** Received packets enough for several frames, of which the worker saw none. */
  readonly deaf: number;
  /** Got nothing in time: not counted above. */
  readonly silent: number;
}

const patienceMs = 8000;

/** How many receivers that were given a transform as they were made never call it, over so many connections of `slots` each. */
export async function starts(connections: number, slots: number): Promise<StartsResult> {
  const encryption = new MediaEncryption(startMediaWorker());
  const track = paintedTrack('#c02040', 64, 36, 10);
  let [receivers, deaf, silent] = [0, 0, 0];
  for (let round = 0; round < connections; round++) {
    const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
    from.onicecandidate = ({ candidate }) => void to.addIceCandidate(candidate ?? undefined);
    to.onicecandidate = ({ candidate }) => void from.addIceCandidate(candidate ?? undefined);
    const protection = encryption.protect();
    for (let slot = 0; slot < slots; slot++) protection.receive(to.addTransceiver('video', { direction: 'recvonly' }));
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription ?? { type: 'offer' });
    for (const transceiver of from.getTransceivers()) {
      transceiver.direction = 'sendonly';
      await transceiver.sender.replaceTrack(track);
    }
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription ?? { type: 'answer' });
    const busy = await busyOf(to, slots);
    // The first frame of each waits for a key for a while before it is counted.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const seen = (await encryption.statistics()).slots.filter(({ connection }) => connection === round + 1);
    const sawFrames = seen.filter(({ passed, dropped }) => passed + Object.values(dropped).reduce((sum, count) => sum + count, 0) > 0).length;
    receivers += slots;
    silent += slots - busy;
    deaf += Math.max(0, busy - sawFrames);
    protection.close();
    from.close();
    to.close();
  }
  track.stop();
  encryption.close();
  return { receivers, deaf, silent };
}

/** How many slots have received 10 packets (frames count only behind the transform): all of them, or those that have after a while. */
async function busyOf(connection: RTCPeerConnection, slots: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const reports = [...(await connection.getStats()).values()] as RTCInboundRtpStreamStats[];
    const ready = reports.filter(({ type, packetsReceived = 0 }) => (type as string) === 'inbound-rtp' && packetsReceived >= 10).length;
    if (ready === slots || performance.now() - began > patienceMs) return ready;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
