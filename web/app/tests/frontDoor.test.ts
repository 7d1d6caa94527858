import { beforeEach, describe, expect, it } from 'vitest';
import { takeHostKey, withHostKey } from '../src/lib/frontDoor';
import { beginningPlace, demoPlaces, pretend, pretendedPlace } from '../src/lib/pretend';
import { statementTimes } from '../src/route/statementTimes';

describe('a host key in a link', () => {
  it('goes along in the fragment and is taken out of it', () => {
    const link = withHostKey('https://fra.example/m/eu-fra-abc#k=AbC', 'h/1');
    expect(takeHostKey(new URL(link).hash)).toEqual({ key: 'h/1', rest: '#k=AbC' });
    expect(takeHostKey(new URL(withHostKey('https://fra.example/m/x', 'h')).hash)).toEqual({ key: 'h', rest: '' });
  });

  it('is not made up', () => {
    expect(withHostKey('https://fra.example/m/x', null)).toBe('https://fra.example/m/x');
    expect(takeHostKey('#k=AbC')).toEqual({ key: null, rest: '#k=AbC' });
    expect(takeHostKey('')).toEqual({ key: null, rest: '' });
  });
});

describe('a demonstration', () => {
  beforeEach(() => {
    sessionStorage.clear();
  });

  it('names the places one may pretend to be in', () => {
    expect(demoPlaces({ version: 1, regions: [], demo: { places: ['DE', 'BR', 'x', 7] } })).toEqual(['DE', 'BR']);
    for (const none of [null, {}, { demo: null }, { demo: { places: 'DE' } }]) expect(demoPlaces(none)).toEqual([]);
  });

  it('begins where its first region is, or where it was left', () => {
    const regions = ['DE', 'SG'].map((country) => ({ id: country, name: country, country }));
    const listed = { version: 1, regions, demo: { places: ['AE', 'DE', 'SG'] } };
    expect(beginningPlace(listed)).toBe('DE');
    pretend('AE');
    expect(beginningPlace(listed)).toBe('AE');
    expect(beginningPlace({ version: 1, regions })).toBe('');
    expect(beginningPlace(null)).toBe('');
  });

  it('keeps the place for this tab', () => {
    expect(pretendedPlace()).toBeNull();
    pretend('BR');
    expect(pretendedPlace()).toBe('BR');
    pretend('nowhere');
    expect(pretendedPlace()).toBeNull();
  });
});

describe('the times of a statement', () => {
  it('are read where there are any', () => {
    const payload = btoa(JSON.stringify({ issued: 10, expires: 20 })).replace(/=/g, '');
    expect(statementTimes(`${payload}.sig`)).toEqual({ issued: 10, expires: 20 });
    for (const text of [null, '', 'x', '!.!', `${btoa('{}')}.s`]) expect(statementTimes(text)).toBeNull();
  });
});
