// @vitest-environment node
import { parleyCorrection } from 'ts-mls/clientState.js';
import { describe, expect, it } from 'vitest';
import { corrections, correctClientState, correctionMark, tsMlsVersion } from '../../build/tsMlsCorrections';

const original = corrections.map((one) => one.from).join('\n');

describe('the corrections of ts-mls', () => {
  it('are in what is tested here', () => {
    expect(parleyCorrection).toBe(correctionMark);
  });

  it('replace every text', () => {
    const corrected = correctClientState(original, tsMlsVersion);
    for (const { from, to } of corrections) {
      expect(corrected).not.toContain(from);
      expect(corrected).toContain(to);
    }
  });

  it('stop the build when the release is another one', () => {
    expect(() => correctClientState(original, '1.6.5')).toThrow('its corrections are for 1.6.4');
  });

  it.each(corrections.map((one, index) => [index, one.why] as const))('stop the build when text %i is another one (%s)', (index) => {
    const { from } = corrections[index] as (typeof corrections)[number];
    expect(() => correctClientState(original.replace(from, () => from.replace('if', 'If').replace('for', 'For')), tsMlsVersion)).toThrow('not there once');
    expect(() => correctClientState(`${original}\n${from}`, tsMlsVersion)).toThrow('not there once');
  });
});
