import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { Joined, JoinRequest, Negotiated, NegotiateRequest, SignallingEventName, SignallingEvents, Wish } from './messages';
import { ProblemError, problemOf, UnreachableError } from './problem';
import type { Signalling } from './signalling';

/** The node pings every few seconds; so long without a word and the connection counts as lost. */
const silenceLimitMs = 10_000;
const pingMs = 3_000;

/** {@link Signalling} over SignalR's JSON protocol on a WebSocket. */
export class HubSignalling implements Signalling {
  private readonly connection;

  constructor(url: string) {
    this.connection = new HubConnectionBuilder()
      .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .configureLogging(LogLevel.None)
      .withServerTimeout(silenceLimitMs)
      .withKeepAliveInterval(pingMs)
      .build();
  }

  async connect(): Promise<void> {
    try {
      await this.connection.start();
    } catch (error) {
      throw new UnreachableError(error instanceof Error ? error.message : String(error));
    }
  }

  join(request: JoinRequest): Promise<Joined> {
    return this.call<Joined>('join', request);
  }

  negotiate(request: NegotiateRequest): Promise<Negotiated> {
    return this.call<Negotiated>('negotiate', request);
  }

  view(wishes: readonly Wish[]): Promise<void> {
    return this.call('view', { wishes });
  }

  media(state: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    return this.call('media', state);
  }

  rename(name: string): Promise<void> {
    return this.call('rename', { name });
  }

  decideTighten(request: string, accept: boolean): Promise<void> {
    return this.call('decideTighten', { request, accept });
  }

  leave(): Promise<void> {
    return this.call('leave');
  }

  on<E extends SignallingEventName>(event: E, handler: (argument: SignallingEvents[E]) => void): void {
    this.connection.on(event, handler);
  }

  onClosed(handler: () => void): void {
    this.connection.onclose(handler);
  }

  close(): Promise<void> {
    return this.connection.stop();
  }

  private async call<T>(method: string, ...values: unknown[]): Promise<T> {
    try {
      return await this.connection.invoke<T>(method, ...values);
    } catch (error) {
      const problem = problemOf(error);
      throw problem ? new ProblemError(problem) : new UnreachableError(error instanceof Error ? error.message : method);
    }
  }
}
