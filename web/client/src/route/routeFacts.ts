import type { RouteView } from '../signalling/routeMessages';
import { unknownCountry } from './countries';
import { verdictFor, type Verdict } from './geofence';
import type { RouteLeg, RouteNode, RoutePerson, RouteProof, RouteRegion, RouteState, Trust } from './state';

/** What became of a node's statement: `doubt` is the failure's code, empty when it verified. */
export interface Attested {
  readonly statement: string;
  readonly doubt: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

export interface RouteKnowledge {
  /** As the server says. */
  readonly view: RouteView | null;
  /** The own connection's proof, once its certificate was compared. */
  readonly own: RouteProof | null;
  readonly self: string;
  readonly attested: ReadonlyMap<string, Attested>;
  readonly verdicts: readonly Verdict[];
}

const order: readonly Trust[] = ['said', 'attested', 'verified'];
const weaker = (a: Trust, b: Trust): Trust => (order.indexOf(a) < order.indexOf(b) ? a : b);

/** Sorts what is said about the route by how far it is proven. */
export function routeFacts(known: RouteKnowledge): Pick<RouteState, 'nodes' | 'people' | 'legs' | 'regions'> {
  const nodes = nodesOf(known);
  const trustOf = (id: string | null): Trust => nodes.find((node) => node.id === id)?.trust ?? 'said';
  const people = peopleOf(known, nodes);
  return { nodes, people, legs: legsOf(known, (id) => weaker(trustOf(id), 'attested')), regions: regionsOf(known, nodes, people) };
}

function nodesOf({ view, own, attested }: RouteKnowledge): RouteNode[] {
  const nodes: RouteNode[] = (view?.nodes ?? []).filter(({ id }) => id !== own?.node).map(({ id, region, statement }) => {
    const found = statement === null ? undefined : attested.get(id);
    const trust: Trust = found?.doubt === '' && found.statement === statement ? 'attested' : 'said';
    return { id, region, trust, statement, doubt: found?.doubt ?? '' };
  });
  return own ? [{ id: own.node, region: own.region, trust: 'verified', statement: own.statement, doubt: '' }, ...nodes] : nodes;
}

/** Where others are connected is the server's word, however well their node is attested. */
function peopleOf({ view, own, self }: RouteKnowledge, nodes: readonly RouteNode[]): RoutePerson[] {
  return (view?.participants ?? []).map(({ id, node, region, country = unknownCountry }) => {
    if (id === self && own) return { id, node: own.node, region: own.region, country, trust: 'verified' };
    const attested = nodes.some((one) => one.id === node && one.region === region && one.trust !== 'said');
    return { id, node, region, country, trust: attested ? 'attested' : 'said' };
  });
}

function legsOf({ view }: RouteKnowledge, trustOf: (id: string) => Trust): RouteLeg[] {
  return (view?.relays ?? []).map(({ from, to }) => {
    const leg = view?.legs.find(({ a, b }) => (a === from && b === to) || (a === to && b === from));
    return { a: from, b: to, ms: leg?.ms ?? null, computed: leg?.computed ?? true, trust: weaker(trustOf(from), trustOf(to)) };
  });
}

function regionsOf({ verdicts }: RouteKnowledge, nodes: readonly RouteNode[], people: readonly RoutePerson[]): RouteRegion[] {
  const used = [...nodes, ...people].map(({ region }) => region).filter((region) => region !== null);
  return [...new Set(used)].map((id) => {
    const here = nodes.filter(({ region }) => region === id);
    const trust = order.findLast((one) => here.some((node) => node.trust === one)) ?? 'said';
    const outside = verdicts.length > 0 && !verdictFor(verdicts, id).allowed;
    return { id, trust, people: people.filter(({ region }) => region === id).length, outside };
  });
}
