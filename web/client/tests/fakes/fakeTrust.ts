import { RouteFailure } from '../../src/route/failure';
import type { NodeStatement, RegionDirectory } from '../../src/route/regions';
import type { RouteTrust, TrustState } from '../../src/route/trust';
import type { NodeReference } from '../../src/signalling/routeMessages';
import { Store } from '../../src/store';

const region = (id: string, country: string, operatorCountry = country): RegionDirectory['regions'][number] => ({
  id, name: id, city: id, country, operator: 'Example', operatorCountry, latitude: 0, longitude: 0,
});

export const directory: RegionDirectory = {
  version: 7, issued: 1000, expires: 0, revoked: [],
  regions: [region('eu-fra', 'DE'), region('eu-par', 'FR'), region('us-nyc', 'US'), { ...region('ch-zrh', 'CH'), servesOnly: ['CH'] }],
  nodes: [
    { id: 'n_fra', region: 'eu-fra', key: 'k1', roles: ['control', 'media'], frontDoor: 'https://fra.example.org' },
    { id: 'n_par', region: 'eu-par', key: 'k2', roles: ['media'], frontDoor: 'https://par.example.org/' },
    { id: 'n_nyc', region: 'us-nyc', key: 'k3', roles: ['control', 'media'], frontDoor: 'https://nyc.example.org' },
    { id: 'n_zrh', region: 'ch-zrh', key: 'k4', roles: ['control', 'media'], frontDoor: 'https://zrh.example.org' },
  ],
  groups: [{ id: 'EEA', name: 'European Economic Area', asOf: '2026-11-01', countries: ['DE', 'FR'] }],
};

/** The fingerprint of a node in tests: its id's first letters, over and over. */
export function fingerprintOf(node: string): string {
  const pair = (node.charCodeAt(2) % 256).toString(16).toUpperCase().padStart(2, '0');
  return Array(32).fill(pair).join(':');
}

export const statementOf = (node: string, regionId: string): NodeStatement => ({
  node, region: regionId, fingerprint: fingerprintOf(node), issued: 1000, expires: 4e9,
  addresses: [{ ip: '192.0.2.1', port: 40000, protocol: 'udp' }, { ip: '2001:db8::1', port: 40000, protocol: 'udp' }],
  tunnels: [tunnelUrl],
});

export const tunnelUrl = 'turns:tunnel.example.org:443?transport=tcp';

/** An answer as a node writes it. */
export function answerOf(node: string, { candidates = ['192.0.2.1 40000'], fingerprint = fingerprintOf(node) } = {}): string {
  const media = ['audio', 'video'].flatMap((kind, index) => [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF 96`, 'c=IN IP4 0.0.0.0', `a=mid:${String(index)}`, 'a=setup:passive', `a=fingerprint:sha-256 ${fingerprint}`,
    ...(index === 0 ? candidates.map((one, at) => `a=candidate:${String(at)} 1 udp 1000 ${one} typ host`) : []),
  ]);
  return ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', 'a=ice-lite', ...media, ''].join('\r\n');
}

/** Believes every node of the directory, without cryptography: its own tests have that. */
export class FakeTrust implements RouteTrust {
  readonly store = new Store<TrustState>({ directory, operatorKey: 'hash', keyOrigin: 'pinned', failure: null });
  readonly state = this.store;
  /** Fails as told. */
  loadFailure: Error | null = null;
  doubts: Record<string, RouteFailure> = {};
  verified: string[] = [];

  load(): Promise<RegionDirectory> {
    return this.loadFailure ? Promise.reject(this.loadFailure) : Promise.resolve(directory);
  }

  verify({ id, region: place }: NodeReference): Promise<NodeStatement> {
    this.verified.push(id);
    const doubt = this.doubts[id];
    if (doubt) return Promise.reject(doubt);
    const known = directory.nodes.find((node) => node.id === id);
    return known ? Promise.resolve(statementOf(id, place)) : Promise.reject(new RouteFailure('node-unknown', { node: id }));
  }
}
