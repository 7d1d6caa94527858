import { parseSelector, type CountryGroup, type Region, type SelectorKind } from '@parley/client';
import { countryName, t } from '../i18n/i18n';
import type { MessageKey } from '../i18n/en';
import { cityName } from '../lib/places';

/** What selectors are about; a part of the directory. */
export interface Atlas {
  readonly regions: readonly Region[];
  readonly groups?: readonly CountryGroup[];
}

/** Groups whose names the catalogues have; others keep the directory's. */
const knownGroups: Readonly<Record<string, MessageKey>> = {
  EU: 'groupEU',
  EEA: 'groupEEA',
  EFTA: 'groupEFTA',
  Schengen: 'groupSchengen',
  'Five-Eyes': 'groupFiveEyes',
  'Nine-Eyes': 'groupNineEyes',
  'Fourteen-Eyes': 'groupFourteenEyes',
};

/** A selector in the person's words: "Germany", "the EEA", "operators from United States", "Frankfurt"; odd ones stay as they are. */
export function selectorName(text: string, atlas: Atlas | null): string {
  const selector = parseSelector(text);
  if (!selector) return text;
  const { kind, value } = selector;
  if (kind === 'country') return countryName(value);
  if (kind === 'operator') return t('selectorOperator', { country: countryName(value) });
  if (kind === 'group') return groupName(value, atlas);
  const region = atlas?.regions.find(({ id }) => id === value);
  return region ? cityName(region) : value;
}

export function groupName(id: string, atlas: Atlas | null): string {
  const key = knownGroups[id];
  return key ? t(key) : (atlas?.groups?.find((group) => group.id === id)?.name ?? id);
}

export interface SelectorChoice {
  readonly selector: string;
  readonly name: string;
  /** What it stands for, where the name does not say. */
  readonly hint: string;
}

/** "the EU" begins a line of its own. */
const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Every selector that makes a difference in this directory, by kind, names in the order of the person's language. */
export function choices(atlas: Atlas): { readonly kind: SelectorKind; readonly choices: readonly SelectorChoice[] }[] {
  const stated = (code: string | undefined): code is string => code !== undefined && /^[A-Z]{2}$/.test(code) && code !== 'ZZ';
  const distinct = (codes: readonly (string | undefined)[]): string[] => [...new Set(codes.filter(stated))];
  const countries = distinct(atlas.regions.map(({ country }) => country));
  const named = (selector: string, hint = ''): SelectorChoice => ({ selector, name: capitalised(selectorName(selector, atlas)), hint });
  const regionsOf = (inside: (region: Region) => boolean): string =>
    atlas.regions.filter(inside).map((region) => cityName(region)).join(', ');
  const groups = (atlas.groups ?? []).filter((group) => group.countries.some((code) => countries.includes(code)));
  return [
    { kind: 'country' as const, choices: countries.map((code) => named(`country:${code}`, regionsOf(({ country }) => country === code))) },
    {
      kind: 'group' as const,
      choices: groups.map((group) =>
        named(`group:${group.id}`, regionsOf(({ country }) => country !== undefined && group.countries.includes(country)))),
    },
    {
      kind: 'operator' as const,
      choices: distinct(atlas.regions.map(({ operatorCountry }) => operatorCountry)).map((code) =>
        named(`operator:${code}`, regionsOf(({ operatorCountry }) => operatorCountry === code))),
    },
    { kind: 'region' as const, choices: atlas.regions.map((region) => named(`region:${region.id}`, stated(region.country) ? countryName(region.country) : '')) },
  ].map(({ kind, choices: list }) => ({ kind, choices: [...list].sort((a, b) => a.name.localeCompare(b.name)) }));
}
