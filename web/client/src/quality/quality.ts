import type { QualityLevel } from '../signalling/messages';

/** What one look at getStats says about the way between this client and the node. */
export interface PathSample {
  /** Packets received and lost since the start, all slots. */
  readonly received: number;
  readonly lost: number;
  /** The node's report on what we send: share of packets lost, 0 to 1. */
  readonly sendLoss: number;
  /** Milliseconds, null while unknown. */
  readonly roundTrip: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Sums up a stats report; fields that a browser lacks count as nothing. */
export function samplePath(reports: Iterable<Fields>): PathSample {
  let received = 0;
  let lost = 0;
  let sendLoss = 0;
  let roundTrip: number | null = null;
  for (const report of reports) {
    if (report['type'] === 'inbound-rtp') {
      received += number(report['packetsReceived']);
      lost += Math.max(0, number(report['packetsLost']));
    } else if (report['type'] === 'remote-inbound-rtp') {
      sendLoss = Math.max(sendLoss, number(report['fractionLost']));
    } else if (report['type'] === 'candidate-pair' && report['nominated'] === true) {
      const seconds = report['currentRoundTripTime'];
      if (typeof seconds === 'number') roundTrip = seconds * 1000;
    }
  }
  return { received, lost, sendLoss, roundTrip };
}

const poor = { loss: 0.08, roundTrip: 500 };
const fair = { loss: 0.02, roundTrip: 250 };

/** Judges the time between two looks; thresholds are where people begin to notice (fair) and to complain (poor). */
export function judgePath(before: PathSample, now: PathSample): QualityLevel {
  const lost = Math.max(0, now.lost - before.lost);
  const received = Math.max(0, now.received - before.received);
  const loss = Math.max(now.sendLoss, lost + received > 0 ? lost / (lost + received) : 0);
  const roundTrip = now.roundTrip ?? 0;
  if (loss >= poor.loss || roundTrip >= poor.roundTrip) return 1;
  return loss >= fair.loss || roundTrip >= fair.roundTrip ? 2 : 3;
}
