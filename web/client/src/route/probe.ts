import { Store, type Readable } from '../store';
import type { Verdict } from './geofence';
import type { RegionDirectory } from './regions';

/** Why a region was not probed: the fence leaves it out, the directory names no front door of it, or it did not answer. */
export type NotProbed = 'outside-fence' | 'no-front-door' | 'no-answer';

/** What probing did and did not contact. */
export interface ProbeReport {
  /** Milliseconds by region. */
  readonly roundTrips: Readonly<Record<string, number>>;
  readonly leftOut: Readonly<Record<string, NotProbed>>;
  readonly running: boolean;
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface ProberPorts {
  readonly send: Fetch;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

const tries = 4;
const mostDoors = 2;
const tryLimitMs = 2000;
const wholeLimitMs = 5000;

/**
 * Measures round trips to the front doors of regions inside the fence as known so far, and contacts no other: no look-up of their names either, since the
 * first thing that names a host is the request itself. Results hold for the life of the prober.
 */
export class Prober {
  private readonly known = new Map<string, number>();
  private readonly silent = new Set<string>();
  private readonly running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  private turn = 0;
  private readonly store = new Store<ProbeReport>({ roundTrips: {}, leftOut: {}, running: false });
  /** What the latest run knows by now. */
  readonly state: Readable<ProbeReport> = this.store;

  constructor(private readonly ports: ProberPorts = { send: (input, init) => fetch(input, init), now: () => performance.now() }) {}

  /** Probes what is inside and not yet known. A later call ends the reports of an earlier one, and what it leaves out is probed no further. */
  async run(directory: RegionDirectory, verdicts: readonly Verdict[]): Promise<ProbeReport> {
    const turn = ++this.turn;
    const tell = (running: boolean): ProbeReport => {
      const report = this.report(directory, verdicts, running);
      if (turn === this.turn) this.store.set(report);
      return report;
    };
    const inside = new Set(verdicts.filter(({ allowed }) => allowed).map(({ region }) => region));
    for (const [region, { abort }] of this.running) {
      if (!inside.has(region)) abort.abort();
    }
    const waits = [...inside].map((region) => this.probe(region, frontDoors(directory, region)));
    tell(this.running.size > 0);
    await Promise.all(waits.map((wait) => wait.then(() => tell(this.running.size > 0))));
    return tell(false);
  }

  /** Lets regions that gave no answer be tried again. */
  forgetSilent(): void {
    this.silent.clear();
  }

  /** One measurement of a region at a time, and none where the outcome is known. */
  private probe(region: string, doors: readonly string[]): Promise<void> {
    const running = this.running.get(region);
    if (running && !running.abort.signal.aborted) return running.done;
    if (doors.length === 0 || this.known.has(region) || this.silent.has(region)) return Promise.resolve();
    const abort = new AbortController();
    const limit = AbortSignal.any([abort.signal, AbortSignal.timeout(wholeLimitMs)]);
    const done = Promise.all(doors.slice(0, mostDoors).map((door) => this.measure(door, limit))).then((times) => {
      if (this.running.get(region)?.abort === abort) this.running.delete(region);
      const best = Math.min(...times);
      if (Number.isFinite(best)) this.known.set(region, best);
      else if (!abort.signal.aborted) this.silent.add(region);
    });
    this.running.set(region, { abort, done });
    return done;
  }

  private report(directory: RegionDirectory, verdicts: readonly Verdict[], running: boolean): ProbeReport {
    const roundTrips: Record<string, number> = {};
    const leftOut: Record<string, NotProbed> = {};
    for (const { region, allowed } of verdicts) {
      const time = this.known.get(region);
      if (!allowed) leftOut[region] = 'outside-fence';
      else if (time !== undefined) roundTrips[region] = time;
      else if (frontDoors(directory, region).length === 0) leftOut[region] = 'no-front-door';
      else if (this.silent.has(region)) leftOut[region] = 'no-answer';
    }
    return { roundTrips, leftOut, running };
  }

  /** The shortest of the later tries: the first also opens the connection. Infinity without an answer. */
  private async measure(door: string, limit: AbortSignal): Promise<number> {
    let best = Infinity;
    for (let attempt = 0; attempt < tries; attempt++) {
      const began = this.ports.now();
      try {
        const response = await this.ports.send(`${door}/probe`, {
          cache: 'no-store', credentials: 'omit', mode: 'cors', redirect: 'error', referrerPolicy: 'no-referrer',
          signal: AbortSignal.any([limit, AbortSignal.timeout(tryLimitMs)]),
        });
        if (!response.ok) return best;
      } catch {
        return best;
      }
      if (attempt > 0) best = Math.min(best, Math.round((this.ports.now() - began) * 10) / 10);
    }
    return best;
  }
}

/** The front doors of a region's nodes. Only origins: the directory is signed, but a path would not be a front door. */
export function frontDoors(directory: RegionDirectory, region: string): readonly string[] {
  const found = directory.nodes
    .filter((node) => node.region === region && !directory.revoked.includes(node.key))
    .map(({ frontDoor }) => originOf(frontDoor));
  return [...new Set(found.filter((door) => door !== null))];
}

function originOf(door: string | null | undefined): string | null {
  if (!door) return null;
  try {
    const { origin, protocol } = new URL(door);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}
