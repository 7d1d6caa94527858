import { beforeEach, describe, expect, it } from 'vitest';
import { takeLuggage, withLuggage } from '../src/lib/frontDoor';
import { beginningPlace, demoPlaces, pretend, pretendedPlace } from '../src/lib/pretend';
import { statementTimes } from '../src/route/statementTimes';

describe('luggage in a link', () => {
  it('goes along in the fragment and is taken out of it', () => {
    const link = withLuggage('https://fra.example/m/eu-fra-abc#k=AbC', { hostKey: 'h/1', place: 'SG' });
    expect(takeLuggage(new URL(link).hash)).toEqual({ hostKey: 'h/1', place: 'SG', rest: '#k=AbC' });
    const bare = withLuggage('https://fra.example/m/x', { hostKey: 'h', place: '' });
    expect(takeLuggage(new URL(bare).hash)).toEqual({ hostKey: 'h', place: '', rest: '' });
  });

  it('is not made up', () => {
    expect(withLuggage('https://fra.example/m/x', { hostKey: null, place: '' })).toBe('https://fra.example/m/x');
    expect(takeLuggage('#k=AbC')).toEqual({ hostKey: null, place: '', rest: '#k=AbC' });
    expect(takeLuggage('')).toEqual({ hostKey: null, place: '', rest: '' });
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
