// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { meetingFromText, meetingPath, parsePath } from '../src/lib/paths';

const origin = 'https://meet.example.org';

describe('parsePath', () => {
  it('knows the pages', () => {
    expect(parsePath('/')).toEqual({ page: 'start' });
    expect(parsePath('/m/fra-abc_1')).toEqual({ page: 'meeting', id: 'fra-abc_1' });
    expect(parsePath('/m/fra-abc_1/')).toEqual({ page: 'meeting', id: 'fra-abc_1' });
    expect(parsePath('/m/')).toEqual({ page: 'unknown' });
    expect(parsePath('/m/a%2Fb')).toEqual({ page: 'unknown' });
    expect(parsePath('/other')).toEqual({ page: 'unknown' });
  });

  it('reads back what it writes', () => {
    expect(parsePath(meetingPath('fra-abc'))).toEqual({ page: 'meeting', id: 'fra-abc' });
  });
});

describe('meetingFromText', () => {
  it.each([
    ['https://meet.example.org/m/fra-abc', 'fra-abc'],
    ['  https://meet.example.org/m/fra-abc?x=1#y ', 'fra-abc'],
    ['meet.example.org/m/fra-abc', 'fra-abc'],
    ['/m/fra-abc', 'fra-abc'],
    ['fra-abc', 'fra-abc'],
  ])('finds the meeting in %j', (text, id) => {
    expect(meetingFromText(text, origin)?.id).toBe(id);
  });

  it('keeps the fragment, which names the operator key', () => {
    expect(meetingFromText('https://meet.example.org/m/fra-abc#k=AbC', origin)).toEqual({ id: 'fra-abc', hash: '#k=AbC' });
  });

  it.each(['', '   ', 'two words', 'https://elsewhere.example/m/fra-abc', 'https://meet.example.org/', 'javascript:alert(1)', 'http://'])(
    'refuses %j',
    (text) => {
      expect(meetingFromText(text, origin)).toBeNull();
    },
  );
});
