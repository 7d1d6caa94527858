// @vitest-environment node
import { afterEach, describe, expect, it } from 'vitest';
import { de } from '../src/i18n/de';
import { en, type MessageKey } from '../src/i18n/en';
import { countryName, loadLanguage, pickLanguage, plural, t } from '../src/i18n/i18n';

const keys = Object.keys(en) as MessageKey[];
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

afterEach(() => loadLanguage(['en']));

describe('catalogues', () => {
  it.each(keys)('%s has the same places to fill in both languages, and is not empty', (key) => {
    expect(placeholders(de[key])).toEqual(placeholders(en[key]));
    expect(de[key].trim()).not.toBe('');
  });

  it('keep the accessible names that are a contract', () => {
    const contract: Partial<Record<MessageKey, string>> = {
      startButton: 'Start a meeting', join: 'Join', leave: 'Leave', muteMicrophone: 'Mute microphone', unmuteMicrophone: 'Unmute microphone',
      turnCameraOff: 'Turn camera off', turnCameraOn: 'Turn camera on', copyLink: 'Copy link', people: 'People', nameLabel: 'Your name',
    };
    expect(en).toMatchObject(contract);
  });
});

describe('language', () => {
  it('is the first of the person that there is', () => {
    expect(pickLanguage(['fr-FR', 'de-AT', 'en'])).toEqual({ language: 'de', locale: 'de-AT' });
    expect(pickLanguage(['fr'])).toEqual({ language: 'en', locale: 'en' });
    expect(pickLanguage([])).toEqual({ language: 'en', locale: 'en' });
  });

  it('changes texts, plurals and countries', async () => {
    expect(plural('peopleCount', 1)).toBe('1 person');
    expect(countryName('de')).toBe('Germany');
    expect(await loadLanguage(['de'])).toBe('de');
    expect(t('join')).toBe('Beitreten');
    expect(plural('peopleCount', 2)).toBe('2 Personen');
    expect(countryName('DE')).toBe('Deutschland');
  });

  it('does not fail over an odd country or value', () => {
    expect(countryName('?')).toBe('?');
    expect(t('code', {})).toBe('Code: {code}');
  });
});
