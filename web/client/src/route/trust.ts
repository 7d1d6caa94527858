import type { SignedDirectory } from '../http/api';
import type { NodeReference } from '../signalling/routeMessages';
import { Store, type Readable } from '../store';
import { fromBase64Url } from './base64url';
import { requireCurrent, verifyDirectory } from './directory';
import { RouteFailure } from './failure';
import type { Pins } from './pins';
import type { NodeStatement, RegionDirectory } from './regions';
import { keyHash } from './signedDocument';
import type { KeyOrigin } from './state';
import { verifyStatement } from './statement';

export interface TrustOptions {
  /** The front door's origin. */
  readonly origin: string;
  readonly fetch: () => Promise<SignedDirectory>;
  readonly pins: Pins;
  /** The operator key's hash in the invitation link; null when the link says nothing. */
  readonly invited: string | null;
  /** Seconds since 1970 in UTC. */
  readonly now?: () => number;
}

export interface TrustState {
  /** Null before it has verified. */
  readonly directory: RegionDirectory | null;
  /** SHA-256 of the operator key, base64url. */
  readonly operatorKey: string | null;
  readonly keyOrigin: KeyOrigin;
  readonly failure: RouteFailure | null;
}

/** What a session needs of a trust. */
export interface RouteTrust {
  readonly state: Readable<TrustState>;
  /** The verified directory. Fails with a {@link RouteFailure}, or with an error of the API when it cannot be fetched. */
  load(): Promise<RegionDirectory>;
  /** Verifies a node's statement; fails as `load` does. */
  verify(reference: NodeReference): Promise<NodeStatement>;
}

/** A newcomer node is looked for in a fresh directory, but no server can make a client fetch without end. */
const refreshPauseMs = 2000;

/** The front of the chain: operator key, directory, node statements. The directory is fetched once, and again when a statement does not fit it. */
export class DirectoryTrust implements RouteTrust {
  private readonly store = new Store<TrustState>({ directory: null, operatorKey: null, keyOrigin: 'first-use', failure: null });
  readonly state: Readable<TrustState> = this.store;
  private readonly now: () => number;
  private loading: Promise<RegionDirectory> | null = null;
  private fetched = -Infinity;

  constructor(private readonly options: TrustOptions) {
    this.now = options.now ?? (() => Date.now() / 1000);
  }

  async load(): Promise<RegionDirectory> {
    const { directory } = this.store.get();
    if (!directory) return this.fetchOnce();
    try {
      requireCurrent(directory, this.now());
    } catch {
      return this.fetchOnce();
    }
    return directory;
  }

  /** Verifies a node's statement; one that does not fit the directory is tried once more with a fresh one. */
  async verify(reference: NodeReference): Promise<NodeStatement> {
    const directory = await this.load();
    try {
      return await verifyStatement(reference, directory, this.now());
    } catch (failure) {
      if (!(failure instanceof RouteFailure) || failure.code === 'statement-expired' || this.sinceFetch() < refreshPauseMs) throw failure;
      return verifyStatement(reference, await this.fetchOnce(), this.now());
    }
  }

  /** Forgets the pinned operator key: only ever at a person's word. */
  forgetPin(): void {
    this.options.pins.forget(this.options.origin);
    this.store.patch({ failure: null });
  }

  private fetchOnce(): Promise<RegionDirectory> {
    this.loading ??= this.fetchAndVerify().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  private async fetchAndVerify(): Promise<RegionDirectory> {
    const { fetch, pins, origin } = this.options;
    const answer = await fetch();
    this.fetched = Date.now();
    try {
      const { hash, key, keyOrigin } = await this.checkKey(answer.operatorKey);
      const seen = Math.max(pins.find(origin)?.version ?? 0, this.store.get().directory?.version ?? 0);
      const directory = await verifyDirectory(answer.signed, key, seen, this.now());
      pins.keep(origin, { operatorKey: hash, version: directory.version });
      this.store.patch({ directory, operatorKey: hash, keyOrigin, failure: null });
      return directory;
    } catch (failure) {
      if (failure instanceof RouteFailure) this.store.patch({ failure, directory: null });
      throw failure;
    }
  }

  /** The link's word first, then what this browser saw before; without either the first sight counts. */
  private async checkKey(text: string): Promise<{ hash: string; key: Uint8Array<ArrayBuffer>; keyOrigin: KeyOrigin }> {
    const { invited, pins, origin } = this.options;
    const key = fromBase64Url(text);
    if (!key) throw new RouteFailure('directory-signature');
    const hash = await keyHash(key);
    if (invited !== null && invited !== hash) throw new RouteFailure('operator-key-not-invited', { expected: invited, found: hash });
    const pin = pins.find(origin);
    if (pin && pin.operatorKey !== hash) throw new RouteFailure('operator-key-changed', { expected: pin.operatorKey, found: hash });
    return { hash, key, keyOrigin: invited !== null ? 'invited' : pin ? 'pinned' : 'first-use' };
  }

  private sinceFetch(): number {
    return Date.now() - this.fetched;
  }
}
