import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/route/geofence';
import { routeFacts, type RouteKnowledge } from '../../src/route/routeFacts';
import type { RouteProof } from '../../src/route/state';
import type { RouteView } from '../../src/signalling/routeMessages';
import { directory } from '../fakes/fakeTrust';

const view: RouteView = {
  epoch: 1, home: 'eu-fra', fence: { regions: [] },
  participants: [
    { id: 'p_own', node: 'n_fra', region: 'eu-fra', country: 'DE' },
    { id: 'p_bob', node: 'n_par', region: 'eu-par', country: 'FR' },
    { id: 'p_eve', node: 'n_nyc', region: 'us-nyc' },
    { id: 'p_new', node: null, region: null },
  ],
  relays: [{ from: 'n_fra', to: 'n_par' }, { from: 'n_par', to: 'n_nyc' }],
  nodes: [{ id: 'n_fra', region: 'eu-fra', statement: 'a' }, { id: 'n_par', region: 'eu-par', statement: 'b' }, { id: 'n_nyc', region: 'us-nyc', statement: null }],
  delays: { worst: 40, mean: 20, computed: true }, legs: [{ a: 'n_par', b: 'n_fra', ms: 5, computed: false }],
};
const own = { node: 'n_fra', region: 'eu-fra', statement: 'a' } as RouteProof;
const known: RouteKnowledge = {
  view, own, self: 'p_own', attested: new Map([['n_par', { statement: 'b', doubt: '', expires: 0 }]]), verdicts: evaluate(directory, [{ scope: 'meeting', fence: { deny: ['country:US'] } }], []),
};

describe('the facts of the route', () => {
  it('are verified for the own connection only', () => {
    const { nodes, people } = routeFacts(known);
    expect(nodes.map(({ id, trust }) => [id, trust])).toEqual([['n_fra', 'verified'], ['n_par', 'attested'], ['n_nyc', 'said']]);
    expect(people.map(({ id, trust }) => [id, trust])).toEqual([['p_own', 'verified'], ['p_bob', 'attested'], ['p_eve', 'said'], ['p_new', 'said']]);
  });

  it('are the server\'s word before the own connection is proven', () => {
    expect(routeFacts({ ...known, own: null }).nodes.map(({ trust }) => trust)).toEqual(['said', 'attested', 'said']);
    expect(routeFacts({ ...known, own: null }).people[0]?.trust).toBe('said');
  });

  it('show the own node and region as they are, not as they are said to be', () => {
    const lie: RouteView = { ...view, participants: [{ id: 'p_own', node: 'n_par', region: 'eu-par' }], nodes: [] };
    const { nodes, people } = routeFacts({ ...known, view: lie });
    expect(people[0]).toMatchObject({ node: 'n_fra', region: 'eu-fra', trust: 'verified' });
    expect(nodes.map(({ id }) => id)).toEqual(['n_fra']);
  });

  it('do not attest a region that the statement is not of', () => {
    const lie: RouteView = { ...view, participants: [{ id: 'p_bob', node: 'n_par', region: 'eu-fra' }] };
    expect(routeFacts({ ...known, view: lie }).people[0]?.trust).toBe('said');
  });

  it('lose their attestation with another statement, and tell the doubt', () => {
    const attested = new Map([['n_par', { statement: 'old', doubt: '', expires: 0 }], ['n_nyc', { statement: 'x', doubt: 'statement-expired', expires: 0 }]]);
    const changed: RouteView = { ...view, nodes: [{ id: 'n_par', region: 'eu-par', statement: 'b' }, { id: 'n_nyc', region: 'us-nyc', statement: 'x' }] };
    expect(routeFacts({ ...known, attested, view: changed }).nodes.slice(1)).toMatchObject([{ id: 'n_par', trust: 'said' }, { id: 'n_nyc', trust: 'said', doubt: 'statement-expired' }]);
  });

  it('have legs no better than their weaker end, and never verified', () => {
    expect(routeFacts(known).legs).toEqual([
      { a: 'n_fra', b: 'n_par', ms: 5, computed: false, trust: 'attested' }, { a: 'n_par', b: 'n_nyc', ms: null, computed: true, trust: 'said' },
    ]);
  });

  it('have regions with the best of their nodes, their people, and whether they are outside', () => {
    expect(routeFacts(known).regions).toEqual([
      { id: 'eu-fra', trust: 'verified', people: 1, outside: false },
      { id: 'eu-par', trust: 'attested', people: 1, outside: false },
      { id: 'us-nyc', trust: 'said', people: 1, outside: true },
    ]);
  });

  it('miss no region that somebody is said to be in', () => {
    const lie: RouteView = { ...view, nodes: [] };
    expect(routeFacts({ ...known, view: lie }).regions.map(({ id, trust, outside }) => [id, trust, outside])).toEqual([
      ['eu-fra', 'verified', false], ['eu-par', 'said', false], ['us-nyc', 'said', true],
    ]);
  });

  it('are nothing before anything is known', () => {
    expect(routeFacts({ ...known, view: null, own: null })).toEqual({ nodes: [], people: [], legs: [], regions: [] });
  });
});
