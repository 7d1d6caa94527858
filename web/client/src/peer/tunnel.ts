import type { NodeStatement } from '../route/regions';
import type { TunnelPass } from '../signalling/routeMessages';

/** The way through a node's tunnel, for one peer connection. */
export interface TunnelWay {
  /** Whose tunnel it is. */
  readonly node: string;
  readonly servers: readonly RTCIceServer[];
  /** Until when it may be used, as `performance.now()` tells the time: clocks of node and browser may differ. */
  readonly until: number;
}

/** Passes hold for five minutes; an allocation is made within seconds. */
const usableMs = 270_000;

/** TLS or TCP to a host and port, and nothing else. */
const tunnelUrl = /^turns?:[^\s?@/]+:\d{1,5}\?transport=tcp$/;

/** What of a pass may be used: only servers that the node's own verified statement names. Null: nothing. */
export function tunnelWay(pass: TunnelPass | undefined, statement: NodeStatement, now: number): TunnelWay | null {
  const urls = (pass?.urls ?? []).filter((url) => tunnelUrl.test(url) && (statement.tunnels ?? []).includes(url));
  if (!pass || urls.length === 0) return null;
  return { node: statement.node, servers: [{ urls, username: pass.username, credential: pass.credential }], until: now + usableMs };
}

/** Hosts and ports of a way, for the words of a page. */
export function tunnelHosts(way: TunnelWay): string {
  return way.servers.flatMap(({ urls }) => urls).map((url) => url.replace(/^turns?:/, '').replace(/\?.*$/, '')).join(', ');
}
