// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { failureCodes, initialRoute, type Participant, type RouteProof, type RouteState, type RouteView } from '@parley/client';
import { de } from '../../src/i18n/de';
import { en } from '../../src/i18n/en';
import { attestedChecks, checksAt, failureText } from '../../src/route/checks';
import { badgeOf, legRows, liveMap, regionsInUse } from '../../src/route/liveRoute';
import { atlas } from './atlas';

const person = (id: string, since: number): Participant => ({ id, name: id.toUpperCase(), microphone: true, camera: true, since });
const participants = ['me', 'ann', 'bob', 'cy', 'dee', 'eve'].map(person);
const view = { delays: { worst: 98.4, mean: 40, computed: true } } as RouteView;

const route: RouteState = {
  ...initialRoute,
  state: 'verified',
  own: { node: 'n_fra', region: 'eu-fra' } as RouteProof,
  nodes: [
    { id: 'n_fra', region: 'eu-fra', trust: 'verified', statement: 's', doubt: '' },
    { id: 'n_zur', region: 'ch-zur', trust: 'attested', statement: 's', doubt: '' },
  ],
  legs: [{ a: 'n_fra', b: 'n_zur', ms: 4.4, computed: false, trust: 'attested' }],
  people: participants.map(({ id }) => ({ id, node: id === 'me' ? 'n_fra' : 'n_zur', region: id === 'me' ? 'eu-fra' : 'ch-zur', country: 'DE', trust: 'attested' })),
  regions: [
    { id: 'ch-zur', trust: 'attested', people: 5, outside: false },
    { id: 'eu-fra', trust: 'verified', people: 1, outside: false },
  ],
  verdicts: [{ region: 'us-iad', allowed: false, rule: { kind: 'deny', selector: 'country:US', doubt: false, unreadable: false }, scope: 'meeting' }],
  saidVerdicts: [{ region: 'br-gru', allowed: false, rule: { kind: 'servesOnly', countries: ['BR'], outsider: 'DE' }, scope: 'platform' }],
  probes: { roundTrips: { 'eu-fra': 24 }, leftOut: {}, running: false },
  view,
};
const sources = { route, atlas, self: 'me', participants };

describe('the live route', () => {
  it('lists the own way, the links and the people, each with how far it is known', () => {
    expect(legRows(sources).map(({ text, delay, trust }) => [text, delay, trust])).toEqual([
      ['You → Frankfurt', '12 ms', 'verified'],
      ['Frankfurt ⇄ Zurich', '4 ms', 'attested'],
      ['Zurich → ANN, BOB, CY and 2 more', '', 'attested'],
    ]);
  });

  it('never calls a way of others verified, nor more than told where their node is not checked', () => {
    const nodes = route.nodes.map((node) => (node.id === 'n_zur' ? { ...node, trust: 'said' as const } : node));
    const rows = legRows({ ...sources, route: { ...route, nodes, legs: [{ a: 'n_fra', b: 'n_zur', ms: null, computed: true, trust: 'said' }] } });
    expect(rows.map(({ trust }) => trust)).toEqual(['verified', 'said', 'said']);
    expect(rows[1]?.delay).toBe('');
  });

  it('is on the map as the checks and the server say', () => {
    const map = liveMap(sources, 'DE');
    expect(Object.fromEntries(map.regions.map(({ id, state }) => [id, state]))).toEqual({
      'eu-fra': 'used', 'ch-zur': 'used', 'us-iad': 'out', 'br-gru': 'out',
    });
    expect(map.legs).toHaveLength(1);
    expect(map.you).toMatchObject({ country: 'DE' });
    expect(liveMap(sources, 'ZZ').you).toBeNull();
  });

  it('marks a delay into which an estimate enters, and only that', () => {
    const legs = [{ a: 'n_fra', b: 'n_zur', ms: 4.4, computed: true, trust: 'attested' as const }];
    expect(legRows({ ...sources, route: { ...route, legs } })[1]?.delay).toBe('≈ 4 ms');
    expect(liveMap({ ...sources, route: { ...route, legs } }, 'DE').legs[0]?.label).toBe('≈ 4 ms');
    const measured = { ...view, delays: { ...view.delays, computed: false } };
    expect(badgeOf({ atlas, route: { ...route, view: measured } })).toMatchObject({ text: 'DE · CH · 98 ms', label: expect.stringMatching(/Largest delay 98 ms$/) as string });
  });

  it('says where the own way leads through the tunnel', () => {
    const tunnelled = { ...route, own: { ...route.own, tunnel: true } as RouteProof };
    expect(legRows({ ...sources, route: tunnelled })[0]?.text).toBe('You → Frankfurt, through the tunnel');
    expect(badgeOf({ route: tunnelled, atlas })).toMatchObject({ state: 'verified', text: expect.stringMatching(/ · through the tunnel$/) as string });
    expect(badgeOf(sources).text).not.toContain('tunnel');
  });

  it('has the own region first', () => {
    expect(regionsInUse(sources).map(({ id }) => id)).toEqual(['eu-fra', 'ch-zur']);
  });
});

describe('the badge', () => {
  it('is green only while every node is borne out', () => {
    expect(badgeOf(sources)).toMatchObject({ state: 'verified', text: 'DE · CH · ≈ 98 ms', label: "Your own node and connection are verified; other nodes are as the meeting's home lists them, each one's statement verified: Germany and Switzerland. Largest delay about 98 ms, computed at least in part" });
    const nodes = route.nodes.map((node) => ({ ...node, trust: 'said' as const }));
    expect(badgeOf({ atlas, route: { ...route, nodes } }).state).toBe('told');
    expect(badgeOf({ atlas, route: initialRoute })).toMatchObject({ state: 'checking', text: 'Checking...' });
    expect(badgeOf({ atlas, route: { ...route, state: 'failed' } }).state).toBe('failed');
  });

  it('has no name that a search for the button "Route" would find', () => {
    for (const state of ['checking', 'verified', 'failed'] as const) expect(badgeOf({ atlas, route: { ...route, state } }).label).not.toMatch(/route/i);
  });
});

describe('what is claimed of the route', () => {
  const claims = ['badgeVerifiedLabel', 'badgeToldLabel', 'routeLead_other', 'routeLeadPartly', 'fenceChanged', 'countriesChanged', 'regionUsed'] as const;

  it.each(claims)('%s says whose list of nodes it is', (key) => {
    expect(en[key]).toMatch(/home lists/);
    expect(de[key]).toMatch(/Heimatregion/);
  });

  it('says that a node left out of the list is not seen', () => {
    expect(en.routeLead_other).toContain('leaves out');
    expect(de.routeLead_other).toContain('nicht nennt');
  });
});

describe('a failed check', () => {
  it.each(failureCodes)('%s is one of the chain and has its words', (code) => {
    const outcomes = checksAt(code).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(1);
    const at = outcomes.indexOf('failed');
    expect(outcomes.slice(0, at).every((outcome) => outcome === 'passed')).toBe(true);
    expect(outcomes.slice(at + 1).every((outcome) => outcome === 'not-reached')).toBe(true);
    expect(failureText(code)).not.toBe('failOther');
  });

  it('of another node is one of those that it can pass', () => {
    expect(attestedChecks(true).map(({ text }) => text)).toEqual(['checkOperator', 'checkDirectory', 'checkStatement']);
  });

  it('that nobody knows claims nothing', () => {
    expect(checksAt('later').every(({ outcome }) => outcome === 'not-reached')).toBe(true);
    expect(failureText('later')).toBe('failOther');
  });
});
