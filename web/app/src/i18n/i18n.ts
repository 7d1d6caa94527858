import { en, type Catalogue, type MessageKey } from './en';

export type Values = Readonly<Record<string, string | number>>;

/** Keys that have plural forms, without the form. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

let catalogue: Catalogue = en;
let locale = 'en';

const catalogues: Readonly<Record<string, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de')).de,
};

/** The first language of the person's list that there is a catalogue for; English when there is none. */
export function pickLanguage(wanted: readonly string[]): { language: string; locale: string } {
  for (const tag of wanted) {
    const language = tag.split('-')[0]?.toLowerCase() ?? '';
    if (language in catalogues) return { language, locale: tag };
  }
  return { language: 'en', locale: 'en' };
}

export async function loadLanguage(wanted: readonly string[]): Promise<string> {
  const picked = pickLanguage(wanted);
  catalogue = (await catalogues[picked.language]?.()) ?? en;
  locale = picked.locale;
  return picked.language;
}

/** A text of the catalogue with its `{values}` filled in. */
export function t(key: MessageKey, values: Values = {}): string {
  return catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** A text in the plural form that `count` takes in this language. */
export function plural(key: PluralKey, count: number, values: Values = {}): string {
  const form = new Intl.PluralRules(locale).select(count) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}`, { ...values, count: new Intl.NumberFormat(locale).format(count) });
}

/** "A, B and C" (or "or C") in the person's language. */
export function listOf(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  return new Intl.ListFormat(locale, { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(items);
}

/** A duration in whole milliseconds, as people write it. */
export function milliseconds(value: number): string {
  return t('milliseconds', { value: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value) });
}

/** The same of a delay; one into which an estimate enters is marked. */
export function delayText(value: number, isComputed: boolean): string {
  return isComputed ? t('aboutMilliseconds', { value: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value) }) : milliseconds(value);
}

/** A time of day, to the minute; `seconds` since 1970. */
export function timeOfDay(seconds: number): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(seconds * 1000);
}

/** A country's name from its ISO code, in the person's language; the code itself when the browser knows none. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}
