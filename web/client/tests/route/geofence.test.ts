import { describe, expect, it } from 'vitest';
import vectors from '../../../../tests/vectors/geofence.json';
import { allCountries, isCountry } from '../../src/route/countries';
import { evaluate, verdictFor, type Geofence, type ScopedGeofence } from '../../src/route/geofence';
import { findFault } from '../../src/route/geofenceFault';
import { readRule, readVerdict, ruleText } from '../../src/route/ruleText';
import { parseSelector, selectorText } from '../../src/route/selector';

const ground = vectors.directory;
const scoped = (fences: readonly unknown[]): ScopedGeofence[] => fences.map((one) => ({ scope: (one as ScopedGeofence).scope, fence: one as Geofence }));

describe('the fence, by the vectors that the node is held against too', () => {
  it.each(vectors.cases.map((one) => [one.name, one] as const))('%s', (_name, { fences, countries, verdicts }) => {
    const found = evaluate(ground, scoped(fences), countries);
    expect(Object.fromEntries(found.map(({ region, allowed, rule, scope }) => [region, [allowed, ruleText(rule), scope]]))).toEqual(verdicts);
  });

  it('reads selectors as the node does', () => {
    for (const { text, means } of vectors.selectors) {
      const selector = parseSelector(text);
      expect([text, selector && selectorText(selector)]).toEqual([text, means]);
    }
  });

  it('finds the faults that the node finds', () => {
    for (const { fence, rule } of vectors.faults) {
      expect([fence, findFault(fence as Geofence, ground)?.rule ?? null]).toEqual([fence, rule]);
    }
  });
});

describe('verdicts as data', () => {
  it('say what a sentence needs', () => {
    const fences: ScopedGeofence[] = [{ scope: 'participant', fence: { deny: ['operator:US', 'planet:earth'] } }];
    const verdicts = evaluate(ground, fences, ['IN', 'DE']);
    expect(verdictFor(verdicts, 'eu-par').rule).toEqual({ kind: 'deny', selector: 'operator:US', doubt: false, unreadable: false });
    expect(verdictFor(verdicts, 'xx-lab').rule).toEqual({ kind: 'deny', selector: 'operator:US', doubt: true, unreadable: false });
    expect(verdictFor(verdicts, 'eu-fra').rule).toEqual({ kind: 'deny', selector: 'planet:earth', doubt: false, unreadable: true });
    expect(verdictFor(verdicts, 'in-bom').rule).toEqual({ kind: 'servesOnly', countries: ['IN'], outsider: 'DE' });
  });

  it('know no region beside the directory', () => {
    expect(verdictFor(evaluate(ground, [], []), 'mars-1')).toEqual({ region: 'mars-1', allowed: false, rule: { kind: 'unknown-region' }, scope: 'platform' });
  });

  it('come back from the node\'s spelling', () => {
    for (const text of ['default', 'unknown-region', 'allow group:EEA country:CH', 'deny operator:US', 'servesOnly CN HK', 'something new: 1']) {
      expect(ruleText(readRule(text))).toBe(text);
    }
    expect(readVerdict({ id: 'eu-fra', allowed: false, rule: 'deny country:DE', scope: 'meeting', reason: '...' })).toEqual({
      region: 'eu-fra', allowed: false, scope: 'meeting', rule: { kind: 'deny', selector: 'country:DE', doubt: false, unreadable: false },
    });
  });
});

describe('countries', () => {
  it('are the 249 assigned ones', () => {
    expect(allCountries()).toHaveLength(249);
    expect([isCountry('DE'), isCountry('de'), isCountry('ZZ'), isCountry('XK')]).toEqual([true, false, false, false]);
  });
});
