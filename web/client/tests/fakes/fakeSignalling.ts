import type {
  Joined, JoinRequest, Negotiated, NegotiateRequest, SignallingEventName, SignallingEvents, Wish,
} from '../../src/signalling/messages';
import type { NodeReference, RouteView } from '../../src/signalling/routeMessages';
import { answerOf } from './fakeTrust';
import { UnreachableError } from '../../src/signalling/problem';
import type { Signalling } from '../../src/signalling/signalling';

/** A node with one client: remembers what it was asked and says what a test wants. */
export class FakeNode {
  up = true;
  refuse: Error | null = null;
  /** What a `join` waits for before it is answered. */
  wait: Promise<void> | null = null;
  connections: FakeSignalling[] = [];
  joins: JoinRequest[] = [];
  joined: Partial<Joined> = {};
  /** Instead of a sound answer of `reference`. */
  answer: string | null = null;
  reference: NodeReference = { id: 'n_fra', region: 'eu-fra', statement: 'signed' };
  route: RouteView = {
    epoch: 1, home: 'eu-fra', fence: { regions: [] }, participants: [], relays: [], nodes: [],
    delays: { worst: null, mean: null, computed: false }, legs: [],
  };

  connect = (): Signalling => {
    const signalling = new FakeSignalling(this);
    this.connections.push(signalling);
    return signalling;
  };

  get last(): FakeSignalling {
    const signalling = this.connections.at(-1);
    if (!signalling) throw new Error('nobody connected');
    return signalling;
  }

  /** kill -9. */
  die(): void {
    this.up = false;
    this.last.drop();
  }
}

export class FakeSignalling implements Signalling {
  views: (readonly Wish[])[] = [];
  medias: unknown[] = [];
  negotiations: NegotiateRequest[] = [];
  decisions: [string, boolean][] = [];
  left = false;
  closed = false;
  /** Events that overtake the answer to `join`. */
  early: (() => void)[] = [];
  private readonly handlers = new Map<string, (argument: unknown) => void>();
  private onEnd: () => void = () => undefined;

  constructor(private readonly node: FakeNode) {}

  connect(): Promise<void> {
    return this.node.up ? Promise.resolve() : Promise.reject(new UnreachableError('down'));
  }

  async join(request: JoinRequest): Promise<Joined> {
    this.node.joins.push(request);
    if (this.node.wait) await this.node.wait;
    if (this.node.refuse) throw this.node.refuse;
    const own = { id: 'p_own', name: request.name, microphone: request.microphone, camera: request.camera, since: 2 };
    const answer: Joined = {
      participant: own.id, resume: `token-${String(this.node.joins.length)}`, answer: this.node.answer ?? answerOf(this.node.reference.id),
      meeting: { id: request.meeting, title: 'Heron', e2ee: 'off', locked: false },
      participants: [own], slots: [], speaker: null, host: false, place: 'DE', node: this.node.reference, route: this.node.route, ...this.node.joined,
    };
    for (const event of this.early.splice(0)) event();
    return answer;
  }

  negotiate(request: NegotiateRequest): Promise<Negotiated> {
    this.negotiations.push(request);
    return Promise.resolve({ answer: this.node.answer ?? answerOf(this.node.reference.id), node: this.node.reference });
  }

  view(wishes: readonly Wish[]): Promise<void> {
    this.views.push(wishes);
    return Promise.resolve();
  }

  media(state: unknown): Promise<void> {
    this.medias.push(state);
    return Promise.resolve();
  }

  rename(): Promise<void> {
    return Promise.resolve();
  }

  decideTighten(request: string, accept: boolean): Promise<void> {
    this.decisions.push([request, accept]);
    return Promise.resolve();
  }

  leave(): Promise<void> {
    this.left = true;
    return Promise.resolve();
  }

  on<E extends SignallingEventName>(event: E, handler: (argument: SignallingEvents[E]) => void): void {
    this.handlers.set(event, handler as (argument: unknown) => void);
  }

  emit<E extends SignallingEventName>(event: E, argument: SignallingEvents[E]): void {
    this.handlers.get(event)?.(argument);
  }

  onClosed(handler: () => void): void {
    this.onEnd = handler;
  }

  close(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }

  drop(): void {
    if (this.closed) return;
    this.closed = true;
    this.onEnd();
  }
}
