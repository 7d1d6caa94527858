import type { RouteView } from '../signalling/routeMessages';
import type { RouteFailure } from './failure';
import type { Verdict } from './geofence';
import type { ProbeReport } from './probe';
import type { NodeAddress, RegionDirectory } from './regions';

/**
 * How far a fact is known. `verified`: this client's own connection proves it. `attested`: a node of the signed directory has said it of itself with
 * its key, but that it takes part in this meeting is the server's word. `said`: only the server's word.
 */
export type Trust = 'verified' | 'attested' | 'said';

/** Where the operator key that everything hangs on came from. */
export type KeyOrigin = 'invited' | 'pinned' | 'first-use';

/** The whole chain of proof of the own connection, for showing on demand. */
export interface RouteProof {
  /** SHA-256 of the operator key's SubjectPublicKeyInfo, base64url. */
  readonly operatorKey: string;
  readonly keyOrigin: KeyOrigin;
  readonly directoryVersion: number;
  readonly directoryIssued: number;
  readonly node: string;
  readonly region: string;
  /** The node's public key as the directory lists it. */
  readonly nodeKey: string;
  /** The signed statement as it came, for checking elsewhere. */
  readonly statement: string;
  readonly statementIssued: number;
  readonly statementExpires: number;
  /** The one fingerprint of the answer, equal to the statement's. */
  readonly fingerprint: string;
  /** The answer's candidates that the statement names. */
  readonly addresses: readonly NodeAddress[];
  /** How many candidates were left out because the statement does not name them. */
  readonly leftOut: number;
  /** Why the region may carry the meeting, by this client's own evaluation. */
  readonly verdict: Verdict;
  /** SHA-256 of the certificate that the connection really uses; null before it is up, and in browsers that do not tell it. */
  readonly certificate: string | null;
  /** Whether the connection goes through the node's tunnel, or over TCP; false before it is up. */
  readonly tunnel: boolean;
}

export interface RouteNode {
  readonly id: string;
  readonly region: string;
  readonly trust: Trust;
  /** The signed statement; null while the server has given none. */
  readonly statement: string | null;
  /** Why it is not better than `said`, as a failure's code; empty when it is. */
  readonly doubt: string;
}

export interface RoutePerson {
  readonly id: string;
  readonly node: string | null;
  readonly region: string | null;
  readonly country: string;
  /** Of `node` and `region`: only the own ones can be `verified`. */
  readonly trust: Trust;
}

/** The path between two nodes. */
export interface RouteLeg {
  readonly a: string;
  readonly b: string;
  /** One-way milliseconds, as the server says. */
  readonly ms: number | null;
  /** Something that enters them is estimated, not measured. */
  readonly computed: boolean;
  /** The weaker of its two ends'; never `verified`. */
  readonly trust: Trust;
}

/** A region in use. */
export interface RouteRegion {
  readonly id: string;
  /** The best of its nodes'. */
  readonly trust: Trust;
  readonly people: number;
  /** The fence leaves it out now: its people are being moved, or something is wrong. */
  readonly outside: boolean;
}

/** Everything an interface shows of the route. */
export interface RouteState {
  readonly state: 'checking' | 'verified' | 'failed';
  readonly failure: RouteFailure | null;
  /** The verified directory; null before it is. */
  readonly directory: RegionDirectory | null;
  readonly own: RouteProof | null;
  /** This client's evaluation of the fences it knows, for every region of the directory. */
  readonly verdicts: readonly Verdict[];
  /** The server's verdicts, which also know other participants' own fences. */
  readonly saidVerdicts: readonly Verdict[];
  readonly regions: readonly RouteRegion[];
  readonly nodes: readonly RouteNode[];
  readonly people: readonly RoutePerson[];
  readonly legs: readonly RouteLeg[];
  /** As the server says it, all of it. */
  readonly view: RouteView | null;
  /** What was measured, and what was not contacted. */
  readonly probes: ProbeReport | null;
}

export const initialRoute: RouteState = {
  state: 'checking',
  failure: null,
  directory: null,
  own: null,
  verdicts: [],
  saidVerdicts: [],
  regions: [],
  nodes: [],
  people: [],
  legs: [],
  view: null,
  probes: null,
};
