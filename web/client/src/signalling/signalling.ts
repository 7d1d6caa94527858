import type {
  Joined,
  JoinRequest,
  Negotiated,
  NegotiateRequest,
  SignallingEventName,
  SignallingEvents,
  Wish,
} from './messages';

/** One connection to a node. It does not reconnect: the session makes a new one, so each has one life and one end. */
export interface Signalling {
  connect(): Promise<void>;
  join(request: JoinRequest): Promise<Joined>;
  negotiate(request: NegotiateRequest): Promise<Negotiated>;
  view(wishes: readonly Wish[]): Promise<void>;
  media(state: { readonly microphone: boolean; readonly camera: boolean }): Promise<void>;
  rename(name: string): Promise<void>;
  /** A host's word about a newcomer's fence. */
  decideTighten(request: string, accept: boolean): Promise<void>;
  leave(): Promise<void>;
  on<E extends SignallingEventName>(event: E, handler: (argument: SignallingEvents[E]) => void): void;
  /** Called once when the connection ends, whoever ended it. */
  onClosed(handler: () => void): void;
  close(): Promise<void>;
}
