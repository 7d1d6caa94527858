import { tunnelWay, type TunnelWay } from '../peer/tunnel';
import { findNode, findRegion } from '../route/directory';
import { RouteFailure } from '../route/failure';
import { evaluate, verdictFor, type Geofence, type ScopedGeofence, type Verdict } from '../route/geofence';
import { homeId } from '../route/home';
import type { RegionDirectory } from '../route/regions';
import { plainView } from '../route/plainView';
import { routeFacts, type Attested } from '../route/routeFacts';
import { readVerdict, ruleText } from '../route/ruleText';
import { checkAnswer, isStated } from '../route/sdpCheck';
import { initialRoute, type RouteProof, type RouteState } from '../route/state';
import type { RouteTrust } from '../route/trust';
import { usedCertificate, usedPeer, usesTunnel } from '../route/usedPath';
import type { NodeReference, RouteView } from '../signalling/routeMessages';
import { Store, type Readable } from '../store';

/** An answer that passed every check, and the proof of it. */
export interface AcceptedAnswer {
  readonly sdp: string;
  readonly proof: RouteProof;
  /** The way through the node's tunnel, should there be no other; null: there is none. */
  readonly tunnel: TunnelWay | null;
}

export interface RouteGuardOptions {
  /** The meeting's id, which names its home. */
  readonly meeting: string;
  readonly trust: RouteTrust;
  /** The own geofence for this meeting. */
  readonly fence: Geofence;
  /** Brings the route as it is now: an answer may overtake the news of the fence that allows it. */
  readonly freshRoute: () => Promise<RouteView>;
  /** The own node is outside the fence and was to be left long enough: nothing goes there from now on. */
  readonly leave: (node: string) => void;
  /** A check failed beside any exchange: the session ends. */
  readonly failed: (failure: RouteFailure) => void;
}

/** So long a node that the fence leaves out may go on carrying its people, who move meanwhile (docs/protocol.md, `move`). */
const leaveLimitMs = 5000;

/** Others have moved by then, too, and it has been told: what is outside for longer stays outside. */
const outsideLimitMs = 8000;

/** Statements hold for ten minutes, and nodes renew theirs after five: so often the route is looked at when nothing else brings it. */
const refreshMs = 240_000;

/** Checks whatever the server says about the route, before it is used where it can be, and holds what of it is proven. */
export class RouteGuard {
  private readonly store = new Store<RouteState>(initialRoute);
  readonly state: Readable<RouteState> = this.store;
  private place = '';
  private self = '';
  private readonly countries = new Map<string, string>();
  private readonly attested = new Map<string, Attested>();
  private outsideTimer: ReturnType<typeof setTimeout> | undefined;
  private leaving: { readonly node: string; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private viewTurn = 0;
  private isClosed = false;

  constructor(private readonly options: RouteGuardOptions) {}

  /** What is known of oneself after a join. */
  joinedAs(self: string, place: string): void {
    this.self = self;
    this.place = place;
  }

  /** Checks an answer and who wrote it; fails with a {@link RouteFailure} before anything of it is used. */
  async accept(answer: string, node: NodeReference | undefined): Promise<AcceptedAnswer> {
    const { trust } = this.options;
    // A server that does not say whose answer it is cannot be checked.
    if (!node) throw new RouteFailure('node-unknown');
    const statement = await trust.verify(node);
    const { directory, operatorKey, keyOrigin } = trust.state.get();
    const entry = directory && findNode(directory, node.id);
    if (!directory || !entry || operatorKey === null) throw new RouteFailure('node-unknown', { node: node.id, region: node.region });
    const verdict = await this.allow(directory, node);
    const { sdp, fingerprint, addresses, leftOut } = checkAnswer(answer, statement);
    return {
      sdp,
      proof: {
        operatorKey, keyOrigin, directoryVersion: directory.version, directoryIssued: directory.issued,
        node: node.id, region: node.region, nodeKey: entry.key,
        statement: node.statement, statementIssued: statement.issued, statementExpires: statement.expires,
        fingerprint, addresses, leftOut, verdict, certificate: null, tunnel: false,
      },
      tunnel: tunnelWay(node.tunnel, statement, performance.now()),
    };
  }

  /** The connection is up: holds the certificate it really uses, and where it really leads, against the proof. */
  async certify(connection: RTCPeerConnection, proof: RouteProof): Promise<void> {
    const certificate = await usedCertificate(connection);
    const peer = usedPeer(connection);
    const facts = { node: proof.node, region: proof.region };
    if (certificate !== null && certificate !== proof.fingerprint) {
      throw new RouteFailure('fingerprint-mismatch', { ...facts, expected: proof.fingerprint, found: certificate });
    }
    if (peer && !isStated(peer, proof)) {
      throw new RouteFailure('candidate-foreign', { ...facts, found: `${peer.ip} ${String(peer.port)}` });
    }
    this.publish({ own: { ...proof, certificate, tunnel: usesTunnel(connection) }, state: 'verified' });
  }

  /** There is no connection now. */
  unproven(): void {
    if (this.store.get().state === 'verified') this.publish({ own: null, state: 'checking' });
  }

  /** Fails when the server says of another region that it is the meeting's home: the meeting's id says which one is. */
  requireHome(said: RouteView | undefined): void {
    const expected = homeId(this.options.meeting);
    if (said && said.home !== expected) throw new RouteFailure('home-mismatch', { region: expected, expected, found: said.home });
  }

  /** Takes the route as the server says it now, and tries its nodes' statements. An older one than before only counts after a new join. */
  async take(said: RouteView | undefined, isNewJoin = false): Promise<void> {
    const { view: before } = this.store.get();
    const view = said && plainView(said);
    if (!view || (!isNewJoin && before && view.epoch < before.epoch)) return;
    try {
      this.requireHome(view);
    } catch (failure) {
      this.options.failed(failure as RouteFailure);
      return;
    }
    const turn = ++this.viewTurn;
    for (const { id, country } of view.participants) {
      if (country !== undefined) this.countries.set(id, country);
    }
    this.publish({ view: this.withCountries(view) });
    this.scheduleRefresh();
    await Promise.all(view.nodes.map((node) => this.attest(node.id, node.region, node.statement)));
    if (turn === this.viewTurn) this.publish({});
  }

  fail(failure: RouteFailure): void {
    this.store.patch({ state: 'failed', failure });
    this.close();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.refreshTimer);
    clearTimeout(this.leaving?.timer);
    this.leaving = null;
    this.endWatch();
  }

  /** The verdict on a node's region by the fences known, when it is inside. */
  private async allow(directory: RegionDirectory, node: NodeReference): Promise<Verdict> {
    let verdict = verdictFor(this.evaluate(directory, this.store.get().view), node.region);
    if (!verdict.allowed && verdict.scope !== 'participant') {
      const view = await this.options.freshRoute().then(plainView, () => null);
      if (view) verdict = verdictFor(this.evaluate(directory, view), node.region);
    }
    if (!verdict.allowed) {
      throw new RouteFailure('region-outside-fence', { node: node.id, region: node.region, expected: `${verdict.scope}: ${ruleText(verdict.rule)}` });
    }
    return verdict;
  }

  private evaluate(directory: RegionDirectory, view: RouteView | null): readonly Verdict[] {
    const fences: ScopedGeofence[] = [{ scope: 'participant', fence: this.options.fence }];
    if (view) {
      fences.push({ scope: 'meeting', fence: view.fence });
      if (view.fence.platform) fences.push({ scope: 'platform', fence: view.fence.platform });
    }
    const here = view ? this.withCountries(view).participants.map(({ country }) => country).filter((country) => country !== undefined) : [];
    return evaluate(directory, fences, this.place === '' ? here : [...here, this.place]);
  }

  private async attest(id: string, region: string, statement: string | null): Promise<void> {
    const known = this.attested.get(id);
    if (statement === null || (known?.statement === statement && (known.doubt !== '' || Date.now() / 1000 <= known.expires))) return;
    try {
      const { expires } = await this.options.trust.verify({ id, region, statement });
      this.attested.set(id, { statement, doubt: '', expires });
    } catch (failure) {
      // A directory that could not be fetched says nothing about the node: tried again with the next view.
      if (failure instanceof RouteFailure) this.attested.set(id, { statement, doubt: failure.code, expires: 0 });
    }
  }

  private publish(change: Partial<RouteState>): void {
    const state = { ...this.store.get(), ...change };
    const { directory } = this.options.trust.state.get();
    const verdicts = directory ? this.evaluate(directory, state.view) : [];
    const facts = routeFacts({ view: state.view, own: state.own, self: this.self, attested: this.attested, verdicts });
    this.store.set({ ...state, ...facts, directory, verdicts, saidVerdicts: state.view?.fence.regions.map(readVerdict) ?? [] });
    this.watchOutside();
    this.watchOwn();
  }

  /** What stays outside the fence ends the session: the own node, any other that the server says takes part, the home that keeps the meeting's state. */
  private watchOutside(): void {
    if (this.outside() === null) this.endWatch();
    else if (!this.isClosed) this.outsideTimer ??= setTimeout(() => { this.endOutside(); }, outsideLimitMs);
  }

  private endWatch(): void {
    clearTimeout(this.outsideTimer);
    this.outsideTimer = undefined;
  }

  /** Whether anybody's fence, by the own evaluation or the server's word, leaves the own node out: it is left in time, whatever else the server says. */
  private watchOwn(): void {
    const { own, verdicts, saidVerdicts } = this.store.get();
    const isOut = own !== null && [...verdicts, ...saidVerdicts].some(({ region, allowed }) => region === own.region && !allowed);
    const node = isOut && !this.isClosed ? own.node : null;
    if (node === (this.leaving?.node ?? null)) return;
    clearTimeout(this.leaving?.timer);
    this.leaving = node === null ? null : { node, timer: setTimeout(() => { this.leaveOwn(node); }, leaveLimitMs) };
  }

  private leaveOwn(node: string): void {
    this.leaving = null;
    this.options.leave(node);
  }

  /** What nodes have said of themselves wears out: their next statements are fetched in time. */
  private scheduleRefresh(): void {
    clearTimeout(this.refreshTimer);
    if (this.isClosed) return;
    this.refreshTimer = setTimeout(() => {
      this.options.freshRoute().then(
        (view) => this.take(view),
        () => this.recheck(),
      ).finally(() => {
        this.scheduleRefresh();
      });
    }, refreshMs);
  }

  private async recheck(): Promise<void> {
    const { view } = this.store.get();
    if (view) await this.take(view);
  }

  /** Countries are told inside the meeting only: a look over HTTP keeps those that are known. */
  private withCountries(view: RouteView): RouteView {
    return {
      ...view,
      participants: view.participants.map((one) => {
        const country = one.country ?? this.countries.get(one.id);
        return country === undefined ? one : { ...one, country };
      }),
    };
  }

  /** A region in use that the fence leaves out. */
  private outside(): string | null {
    const { regions, verdicts } = this.store.get();
    const home = homeId(this.options.meeting);
    const isHomeOut = verdicts.length > 0 && !verdictFor(verdicts, home).allowed;
    return regions.find((one) => one.outside)?.id ?? (isHomeOut ? home : null);
  }

  private endOutside(): void {
    const { nodes, own, verdicts, directory } = this.store.get();
    const region = this.outside();
    if (region === null) return;
    const node = own?.region === region ? own.node : nodes.find((one) => one.region === region)?.id;
    const { rule, scope } = verdictFor(verdicts, region);
    const known = directory !== null && findRegion(directory, region) !== null;
    this.options.failed(new RouteFailure('region-outside-fence', {
      ...(node === undefined ? {} : { node }), region, expected: known ? `${scope}: ${ruleText(rule)}` : ruleText(rule),
    }));
  }
}
